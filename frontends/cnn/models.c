/* models.c - Sequential, Model and what can be asked of layers and models. */
#include "cnn/keras.h"

#include <stdlib.h>
#include <string.h>

/* ---- inputs ---- */

bool input_shape_option(struct eval *e, const char *name, int position, struct shape *s)
{
    const struct options *o = &e->ctx->options;
    const struct named_value *found = NULL;
    for (int i = 0; i < o->ninput_shape && !found; i++)
        if (o->input_shape[i].name && name && strcmp(o->input_shape[i].name, name) == 0)
            found = &o->input_shape[i];
    for (int i = 0, k = 0; i < o->ninput_shape && !found; i++)
        if (!o->input_shape[i].name && k++ == position)
            found = &o->input_shape[i];
    if (!found)
        return false;
    *s = (struct shape){ .rank = 1, .dim = { 1 } };
    long long d;
    int used;
    for (const char *p = found->value; s->rank < MAX_RANK && sscanf(p, "%lld%n", &d, &used) == 1;
         p += *p == ',') {
        s->dim[s->rank++] = d;
        p += used;
    }
    return true;
}

static struct class *class_named(struct eval *e, const char *name)
{
    return dict_name(e->keras->classes, intern(e, name)).class;
}

/* A tensor that is an input, with its InputLayer; `open`: some dimensions (0 in s) are not told. */
struct value new_input(struct eval *e, struct str *name, struct shape s, bool open, enum dtype type,
                       struct span at)
{
    struct value object = { .kind = V_OBJECT, .object = NEW(e->mem, struct object) };
    *object.object = (struct object){ .class = class_named(e, "InputLayer"),
                                      .attributes = NEW(e->mem, struct dict),
                                      .base = EMPTY };
    keras_new_layer(e, object);
    struct layer *l = object.object->layer;
    l->is_input = true;
    l->at = at = span_of_user(e, at);
    l->name = name ? name : automatic_name(e, "input_layer");
    struct shape given;
    if (input_shape_option(e, l->name->s, (int)e->keras->ninputs, &given)
        && (open || e->ctx->options.input_shape[0].name || !e->keras->ninputs)) {
        s = given;
        open = false;
    }
    e->keras->ninputs++;
    for (int i = 1; i < s.rank; i++)
        s.dim[i] = s.dim[i] ? s.dim[i] : ANY_SIZE;
    struct tensor *t = graph_tensor(e->g, layer_key(e, l), type, s);
    t->at = at;
    if (open)
        APPEND(e->mem, e->keras->open_inputs, e->keras->nopen_inputs, t);
    l->input_shape = s;
    l->has_input_shape = true;
    record_call(e, l, NULL, NULL, of_tensor(t), at);
    return of_tensor(t);
}

struct layer *input_layer_of(struct eval *e, const struct tensor *t)
{
    const struct record *r = maker(e, t);
    return r && r->layer && r->layer->is_input ? r->layer : NULL;
}

static enum dtype input_type(struct value v)
{
    const char *s = v.kind == V_STRING ? v.s->s : v.kind == V_SPACE ? last_word(v.s->s) : "float32";
    for (enum dtype t = F32; t < DTYPES; t++)
        if (strcmp(dtype_name(t), s) == 0)
            return t;
    return F32;
}

struct value make_input(struct eval *e, struct args *a)
{
    struct value shape = arg(e, a, 0, "shape");
    const struct value batched = arg(e, a, -1, "batch_shape"), name = arg(e, a, -1, "name"),
                       old = arg(e, a, -1, "batch_input_shape");
    bool batch = false, open = false;
    if (shape.kind == V_EMPTY)
        shape = arg_or(e, a, -1, "input_shape", EMPTY);
    if (shape.kind == V_EMPTY && (batched.kind != V_EMPTY || old.kind != V_EMPTY)) {
        shape = batched.kind != V_EMPTY ? batched : old;
        batch = true;
    }
    const struct value tensor = arg(e, a, -1, "tensor");
    if (shape.kind == V_EMPTY && tensor.kind == V_TENSOR)
        return tensor;
    struct shape s;
    const bool told =
        input_shape_option(e, name.kind == V_STRING ? name.s->s : NULL, (int)e->keras->ninputs, &s);
    if (!told && !shape_of_value(e, shape.kind == V_EMPTY ? NONE : shape, batch, &s, &open, a->at))
        return UNKNOWN;
    return new_input(e, name.kind == V_STRING ? name.s : NULL, s, open,
                     input_type(arg(e, a, -1, "dtype")), a->at);
}

/* ---- Functional: run again on other tensors ---- */

/* clones: layers that stand for others, or NULL */
struct replay {
    struct tensor **from, **to;
    int n;
    struct dict *clones;
};

static struct value key_of(const struct layer *l)
{
    return of_int((int64_t)(uintptr_t)l);
}

static struct value mapped(struct eval *e, struct tensor *t, void *data)
{
    const struct replay *r = data;
    (void)e;
    for (int i = r->n - 1; i >= 0; i--)
        if (r->from[i] == t)
            return of_tensor(r->to[i]);
    return of_tensor(t);
}

static void replace(struct eval *e, struct replay *r, struct tensor *from, struct tensor *to)
{
    int n = r->n;
    APPEND(e->mem, r->from, n, from);
    APPEND(e->mem, r->to, r->n, to);
}

static void collect(struct eval *e, struct tensor *t, const struct replay *known,
                    struct record ***records, int *n)
{
    check_stack(e);
    for (int i = 0; i < known->n; i++)
        if (known->from[i] == t)
            return;
    struct record *r = maker(e, t);
    if (!r)
        return;
    for (int i = 0; i < *n; i++)
        if ((*records)[i] == r)
            return;
    APPEND(e->mem, *records, *n, r);
    for (int i = 0; i < r->nin; i++)
        if (r->in[i])
            collect(e, r->in[i], known, records, n);
}

static int by_order(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
    return x->order - y->order;
}

/* keras.utils.get_source_inputs(): the inputs that a tensor was computed from, in the order in
 * which they were made. */
struct value source_inputs(struct eval *e, struct value v)
{
    struct replay none = { 0 };
    struct record **records = NULL;
    struct tensor **tensors = NULL;
    const struct unknown *u = NULL;
    struct value inputs = new_list(e, V_LIST);
    int n = 0, count = 0;
    flatten_tensors(e, v, &tensors, &count, &u);
    for (int i = 0; i < count; i++)
        collect(e, tensors[i], &none, &records, &n);
    if (n)
        qsort(records, (size_t)n, sizeof *records, by_order);
    for (int i = 0; i < n; i++)
        if (records[i]->layer && records[i]->layer->is_input)
            list_push(e, inputs.list, of_tensor(records[i]->outs[0]));
    return inputs;
}

static struct value call_again(struct eval *e, const struct record *r, struct replay *map)
{
    if (!r->layer) {
        struct tensor **in = NEW_ARRAY(e->mem, struct tensor *, r->nin + 1);
        for (int i = 0; i < r->nin; i++)
            in[i] = r->in[i] ? mapped(e, r->in[i], map).tensor : NULL;
        return apply_op(e, r->def, r->attr, in, r->nin, r->at);
    }
    struct args a = r->args;
    struct value *v = NEW_ARRAY(e->mem, struct value, a.n + 1);
    a.v = v + 1;
    for (int i = 0; i < a.n; i++)
        a.v[i] = map_tensors(e, r->args.v[i], mapped, map);
    a.named = NEW_ARRAY(e->mem, struct named, a.nnamed + 1);
    for (int i = 0; i < a.nnamed; i++)
        a.named[i] = (struct named){ r->args.named[i].name,
                                     map_tensors(e, r->args.named[i].value, mapped, map) };
    const struct value self = r->layer->self;
    struct value clone = map->clones ? dict_get(e, map->clones, key_of(r->layer)) : self;
    if (clone.kind == V_EMPTY)
        dict_set(e, map->clones, key_of(r->layer), clone = clone_layer(e, self));
    return keras_call_layer(e, clone, &a);
}

/* Makes the calls between the tensors that the map knows and `outs` again, on what stands for them.
 * False, *r: it is not known. */
static bool run_again(struct eval *e, struct replay *map, struct value outs, struct value *r)
{
    struct tensor **out = NULL;
    struct record **records = NULL;
    const struct unknown *u = NULL;
    int nout = 0, n = 0;
    flatten_tensors(e, outs, &out, &nout, &u);
    for (int i = 0; i < nout; i++)
        collect(e, out[i], map, &records, &n);
    if (n)
        qsort(records, (size_t)n, sizeof *records, by_order);
    for (int i = 0; i < n; i++) {
        if (records[i]->layer && records[i]->layer->is_input)
            continue;
        struct tensor **now = NULL;
        int k = 0;
        *r = call_again(e, records[i], map);
        if (r->kind == V_UNKNOWN || !flatten_tensors(e, *r, &now, &k, &u)
            || k != records[i]->nouts) {
            *r = r->kind == V_UNKNOWN ? *r : UNKNOWN;
            return false;
        }
        for (int j = 0; j < k; j++)
            replace(e, map, records[i]->outs[j], now[j]);
    }
    return true;
}

/* keras.models.clone_model() of a functional model: its layers are made and called once more. */
void clone_functional(struct eval *e, const struct layer *from, struct layer *to)
{
    struct replay map = { .clones = NEW(e->mem, struct dict) };
    struct tensor **ins = NULL;
    const struct unknown *u = NULL;
    struct value r;
    int n = 0;
    flatten_tensors(e, from->model->ins, &ins, &n, &u);
    for (int i = 0; i < n; i++) {
        const struct layer *input = input_layer_of(e, ins[i]);
        replace(e, &map, ins[i],
                new_input(e, input ? input->name : NULL, ins[i]->shape, false, ins[i]->type, to->at)
                    .tensor);
    }
    const bool good = run_again(e, &map, from->model->outs, &r);
    to->model->ins = map_tensors(e, from->model->ins, mapped, &map);
    to->model->outs = good ? map_tensors(e, from->model->outs, mapped, &map) : r;
}

struct value run_functional(struct eval *e, struct layer *m, struct value in, struct span at)
{
    struct replay map = { 0 };
    struct tensor **from = NULL, **to = NULL;
    const struct unknown *u = NULL;
    struct value r;
    int nfrom = 0, nto = 0;
    if (in.kind == V_DICT && m->model->ins.kind != V_DICT) { /* by the inputs' names */
        struct value l = new_list(e, V_LIST);
        flatten_tensors(e, m->model->ins, &from, &nfrom, &u);
        for (int i = 0; i < nfrom; i++) {
            const struct layer *input = input_layer_of(e, from[i]);
            const struct value v = input ? dict_name(in.dict, input->name) : EMPTY;
            if (v.kind != V_EMPTY)
                list_push(e, l.list, v);
        }
        in = l;
        nfrom = 0;
    }
    flatten_tensors(e, m->model->ins, &from, &nfrom, &u);
    flatten_tensors(e, in, &to, &nto, &u);
    if (nfrom != nto) {
        error_at(e, at, "the model '%s' takes %d input%s, not %d", name_of_layer(e, m)->s, nfrom,
                 nfrom == 1 ? "" : "s", nto);
        return UNKNOWN;
    }
    for (int i = 0; i < nfrom; i++)
        replace(e, &map, from[i], to[i]);
    e->keras->inside++;
    const bool good = run_again(e, &map, m->model->outs, &r);
    e->keras->inside--;
    if (!good)
        return r;
    return map_tensors(e, m->model->outs, mapped, &map);
}

/* ---- the layers of a model, in Keras' order ---- */

struct listing {
    struct record **node;
    int n;
    struct record **seen;
    int nseen;
    struct layer **ops;
    int nops;
    struct replay ins;
};

static void visit(struct eval *e, struct listing *l, struct tensor *t)
{
    struct record *r = maker(e, t);
    check_stack(e);
    for (int i = 0; i < l->nseen; i++)
        if (l->seen[i] == r)
            return;
    if (!r)
        return;
    APPEND(e->mem, l->seen, l->nseen, r);
    bool is_input = false, known = false;
    for (int i = 0; i < l->ins.n; i++)
        is_input |= l->ins.from[i] == t;
    for (int i = 0; i < l->nops; i++)
        known |= r->layer && l->ops[i] == r->layer;
    if (!known)
        APPEND(e->mem, l->ops, l->nops, r->layer);
    for (int i = 0; i < r->nin && !is_input; i++)
        if (r->in[i])
            visit(e, l, r->in[i]);
    APPEND(e->mem, l->node, l->n, r);
}

static int index_of(const struct listing *l, const struct record *r)
{
    for (int i = 0; i < l->n; i++)
        if (l->node[i] == r)
            return i;
    return -1;
}

/* As keras' map_graph(): layers by their distance from the outputs, then in the order in which a
 * walk from the outputs meets them. */
static void list_functional(struct eval *e, struct layer *m)
{
    struct listing l = { 0 };
    struct tensor **outs = NULL;
    const struct unknown *u = NULL;
    int nouts = 0, deepest = 0;
    flatten_tensors(e, m->model->ins, &l.ins.from, &l.ins.n, &u);
    flatten_tensors(e, m->model->outs, &outs, &nouts, &u);
    for (int i = 0; i < nouts; i++)
        visit(e, &l, outs[i]);
    int *node_depth = NEW_ARRAY(e->mem, int, l.n + 1), *depth = NEW_ARRAY(e->mem, int, l.nops + 1);
    for (int i = l.n - 1; i >= 0; i--) {
        const struct record *r = l.node[i];
        int d = node_depth[i];
        for (int k = 0; k < l.nops && r->layer; k++)
            if (l.ops[k] == r->layer) {
                d = depth[k] > d ? depth[k] : d;
                depth[k] = d;
            }
        node_depth[i] = d;
        deepest = d > deepest ? d : deepest;
        for (int k = 0; k < r->nin; k++) {
            const int p = r->in[k] ? index_of(&l, maker(e, r->in[k])) : -1;
            if (p >= 0 && p < i && node_depth[p] < d + 1)
                node_depth[p] = d + 1;
        }
    }
    for (int i = 0; i < l.n; i++)
        deepest = node_depth[i] > deepest ? node_depth[i] : deepest;
    for (int d = deepest; d >= 0; d--)
        for (int k = 0; k < l.nops; k++)
            if (l.ops[k] && depth[k] == d)
                APPEND(e->mem, m->model->layers, m->model->nlayers, l.ops[k]);
}

static void add_held(struct eval *e, struct value v, int depth, struct layer ***to, int *n)
{
    if (v.kind == V_OBJECT && v.object->layer) {
        for (int i = 0; i < *n; i++)
            if ((*to)[i] == v.object->layer)
                return;
        APPEND(e->mem, *to, *n, v.object->layer);
    }
    for (int64_t i = 0; is_items(v) && i < v.list->count && depth < 4; i++)
        add_held(e, v.list->item[i], depth + 1, to, n);
    for (int64_t i = 0; v.kind == V_DICT && i < v.dict->used && depth < 4; i++)
        if (v.dict->entry[i].key.kind != V_EMPTY)
            add_held(e, v.dict->entry[i].value, depth + 1, to, n);
}

void held_layers(struct eval *e, const struct layer *l, struct layer ***to, int *n)
{
    const struct dict *d = l->self.object->attributes;
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.kind != V_EMPTY)
            add_held(e, d->entry[i].value, 0, to, n);
}

void list_layers(struct eval *e, struct layer *m)
{
    if (m->model->sequential || m->model->listed)
        return;
    m->model->listed = m->model->outs.kind != V_EMPTY;
    m->model->nlayers = 0;
    if (m->model->outs.kind != V_EMPTY
        && class_lookup(m->self.object->class, e->n.call).kind != V_FUNCTION)
        list_functional(e, m);
    else
        held_layers(e, m, &m->model->layers, &m->model->nlayers);
}

/* ---- models without inputs of their own ---- */

static bool first_shape(struct eval *e, const struct layer *m, struct shape *s, bool *open)
{
    *open = false;
    if (m->has_input_shape) {
        *s = m->input_shape;
        for (int i = 1; i < s->rank; i++)
            *open |= s->dim[i] == 0;
        return true;
    }
    if (!m->model || !m->model->nlayers || !m->model->sequential) {
        if (m->model && m->model->ins.kind == V_TENSOR) {
            *s = m->model->ins.tensor->shape;
            return true;
        }
        return false;
    }
    return first_shape(e, m->model->layers[0], s, open);
}

bool build_model(struct eval *e, struct layer *m, struct span at)
{
    struct shape s;
    bool open;
    if (m->model->outs.kind == V_UNKNOWN)
        return e->ctx->diags.errors ? false
                                    : error_at(e, m->at, "the output of this model is not known%s",
                                               explain(e, m->model->outs.unknown));
    if (m->model->outs.kind != V_EMPTY || m->building)
        return m->model->outs.kind != V_EMPTY;
    if (m->unsure)
        return error_at(e, m->at, "whether this model has another layer is not known%s",
                        explain(e, m->unsure));
    if (!first_shape(e, m, &s, &open) && !input_shape_option(e, NULL, 0, &s))
        return error_at(e, at.source ? at : m->at,
                        "the model's input shape is not known; add an Input layer, or give it with "
                        "--input-shape=H,W,C");
    if (m->model->sequential && !m->model->nlayers)
        return error_at(e, m->at, "this model has no layers");
    m->building = true;
    const struct value in =
        m->model->ins.kind == V_TENSOR ? m->model->ins : new_input(e, NULL, s, open, F32, m->at);
    const struct value out = call_layer_on(e, m, in, m->at);
    m->building = false;
    if (out.kind == V_UNKNOWN)
        return e->ctx->diags.errors ? false
                                    : error_at(e, m->at, "the result of this model is not known%s",
                                               explain(e, out.unknown));
    m->model->ins = in;
    m->model->outs = out;
    return true;
}

void keras_unsure(struct layer *l, const struct unknown *u)
{
    l->unsure = l->unsure ? l->unsure : u;
}

void keras_set_attribute(struct eval *e, struct value object, struct str *name, struct value v)
{
    if (same_text(name, "_name") && v.kind == V_STRING)
        object.object->layer->name = v.s;
    (void)e;
}

/* ---- attributes ---- */

static struct value layer_list(struct eval *e, struct layer *m)
{
    struct value r = new_list(e, V_LIST);
    list_layers(e, m);
    for (int i = 0; i < m->model->nlayers; i++)
        list_push(e, r.list, m->model->layers[i]->self);
    r.list->open = m->unsure;
    return r;
}

static struct value single(struct value v)
{
    return is_items(v) && v.list->count == 1 ? v.list->item[0] : v;
}

static struct value as_list(struct eval *e, struct value v)
{
    struct tensor **t = NULL;
    const struct unknown *u = NULL;
    int n = 0;
    struct value r = new_list(e, V_LIST);
    flatten_tensors(e, v, &t, &n, &u);
    for (int i = 0; i < n; i++)
        list_push(e, r.list, of_tensor(t[i]));
    return r;
}

static struct value model_attribute(struct eval *e, struct layer *l, struct str *name,
                                    struct span at)
{
    if (name == e->n.layers)
        return layer_list(e, l);
    const bool in = same_text(name, "input") || name == e->n.inputs
                    || same_text(name, "input_shape"),
               out = same_text(name, "output") || name == e->n.outputs
                     || same_text(name, "output_shape");
    if (!in && !out)
        return EMPTY;
    if (!build_model(e, l, at))
        return unknown(e, name->s, at, NULL);
    const struct value v = in ? l->model->ins : l->model->outs;
    if (same_text(name, "input_shape") || same_text(name, "output_shape"))
        return single(v).kind == V_TENSOR ? shape_tuple(e, single(v).tensor)
                                          : unknown(e, name->s, at, NULL);
    return name == e->n.inputs || name == e->n.outputs ? as_list(e, v) : single(v);
}

struct value keras_attribute(struct eval *e, struct value object, struct str *name, struct span at)
{
    struct layer *l = object.object->layer;
    if (name == e->n.name)
        return of_str(name_of_layer(e, l));
    if (l->model) {
        const struct value v = model_attribute(e, l, name, at);
        if (v.kind != V_EMPTY)
            return v;
    }
    const bool in = same_text(name, "input") || same_text(name, "input_shape"),
               out = same_text(name, "output") || same_text(name, "output_shape");
    for (int i = 0; (in || out) && !l->ncalls && i < e->keras->nlayers; i++) {
        struct layer *m = e->keras->layers[i];
        for (int k = 0; m->model && m->model->sequential && k < m->model->nlayers; k++)
            if (m->model->layers[k] == l && m->model->outs.kind == V_EMPTY) {
                /* a Sequential is built when its layers are asked for */
                build_model(e, m, at);
                break;
            }
    }
    if ((in || out) && l->ncalls) {
        const struct record *r = l->calls[0];
        const struct value v = out || l->is_input ? r->out
                               : r->nin == 1      ? of_tensor(r->in[0])
                               : r->args.n        ? r->args.v[0]
                                                  : UNKNOWN;
        return same_text(name, "input") || same_text(name, "output") ? v
               : v.kind == V_TENSOR                                  ? shape_tuple(e, v.tensor)
                                                                     : UNKNOWN;
    }
    if (same_text(name, "trainable"))
        return of_bool(true);
    if (same_text(name, "built"))
        return of_bool(l->built || l->ncalls > 0);
    struct weight *w = l->def && l->key ? names_get(&e->g->weight_names,
                                                    arena_printf(e->mem, "%s\n%s", l->key, name->s))
                                        : NULL;
    if (w) { /* layer.kernel, for weights that are used twice */
        struct value v = { .kind = V_VARIABLE, .variable = NEW(e->mem, struct variable) };
        *v.variable = (struct variable){ l, w };
        return v;
    }
    return EMPTY;
}

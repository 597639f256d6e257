/* layer_calls.c - layers called on tensors: of the op table, Lambda, classes of the text, models.
 */
#include "cnn/keras.h"

#include <string.h>

struct value of_tensor(struct tensor *t)
{
    return t ? (struct value){ .kind = V_TENSOR, .tensor = t } : UNKNOWN;
}

/* ---- tensors inside of lists, tuples and dicts ---- */

/* The values of a dict in the order of its keys, as keras.tree.flatten() goes over them. */
static struct list *values_by_key(struct eval *e, const struct dict *d)
{
    struct value keys = new_list(e, V_LIST), values = new_list(e, V_LIST);
    bool words = true, numbers = true;
    for (int64_t i = 0; i < d->used; i++) {
        if (d->entry[i].key.kind == V_EMPTY)
            continue;
        list_push(e, keys.list, d->entry[i].key);
        words &= d->entry[i].key.kind == V_STRING;
        numbers &= is_number(d->entry[i].key);
    }
    if (words || numbers)
        sort_items(e, keys.list, EMPTY, false);
    for (int64_t i = 0; i < keys.list->count; i++)
        list_push(e, values.list, dict_get(e, d, keys.list->item[i]));
    values.list->open = d->open;
    return values.list;
}

bool flatten_tensors(struct eval *e, struct value v, struct tensor ***to, int *n,
                     const struct unknown **unknown)
{
    switch (v.kind) {
    case V_TENSOR: APPEND(e->mem, *to, *n, v.tensor); return true;
    case V_VARIABLE: APPEND(e->mem, *to, *n, v.variable->weight->tensor); return true;
    case V_NONE:
    case V_BOOL:
    case V_INT:
    case V_FLOAT:
    case V_STRING: return true;
    case V_ARRAY: *unknown = NULL; return v.array->item != NULL; /* a constant beside tensors */
    case V_TUPLE:
    case V_LIST:
        for (int64_t i = 0; i < v.list->count; i++)
            if (!flatten_tensors(e, v.list->item[i], to, n, unknown))
                return false;
        *unknown = v.list->open;
        return !v.list->open;
    case V_DICT:
        return flatten_tensors(
            e, (struct value){ .kind = V_LIST, .list = values_by_key(e, v.dict) }, to, n, unknown);
    default: *unknown = why(v); return false;
    }
}

struct value map_tensors(struct eval *e, struct value v,
                         struct value (*map)(struct eval *e, struct tensor *t, void *data),
                         void *data)
{
    if (v.kind == V_TENSOR)
        return map(e, v.tensor, data);
    if (is_items(v)) {
        struct value r = new_list(e, v.kind);
        for (int64_t i = 0; i < v.list->count; i++)
            list_push(e, r.list, map_tensors(e, v.list->item[i], map, data));
        return r;
    }
    if (v.kind == V_DICT) {
        struct value r = { .kind = V_DICT, .dict = dict_copy(e, v.dict) };
        for (int64_t i = 0; i < r.dict->used; i++)
            r.dict->entry[i].value = map_tensors(e, r.dict->entry[i].value, map, data);
        return r;
    }
    return v;
}

/* ---- the history of tensors ---- */

struct record *maker(struct eval *e, const struct tensor *t)
{
    return t->id < e->keras->nmade_by ? e->keras->made_by[t->id] : NULL;
}

struct record *record_call(struct eval *e, struct layer *l, const struct opdef *def,
                           const void *attr, struct value out, struct span at)
{
    struct keras *k = e->keras;
    struct record *r = NEW(e->mem, struct record);
    const struct unknown *unknown = NULL;
    *r = (struct record){
        .layer = l, .def = def, .attr = attr, .out = out, .at = at, .order = k->norder++
    };
    flatten_tensors(e, out, &r->outs, &r->nouts, &unknown);
    for (int i = 0; i < r->nouts; i++) {
        const int id = r->outs[i]->id;
        if (id >= k->nmade_by) {
            const int room = 2 * id + 64;
            k->made_by = arena_grow(e->mem, k->made_by, (size_t)k->nmade_by * sizeof *k->made_by,
                                    (size_t)room * sizeof *k->made_by);
            k->nmade_by = room;
        }
        k->made_by[id] = r;
    }
    if (l && !k->inside)
        APPEND(e->mem, l->calls, l->ncalls, r);
    return r;
}

/* ---- messages ---- */

/* "input 28 x 28 x 1 -> conv2d 26 x 26 x 32" */
static const char *shape_chain(struct eval *e, const struct tensor *t)
{
    enum { MOST_SHOWN = 6 };
    const char *text = "";
    for (int n = 0; t && n < MOST_SHOWN; n++) {
        const struct record *r = maker(e, t);
        const char *name = r && r->layer ? name_of_layer(e, r->layer)->s : t->name;
        text = arena_printf(e->mem, "%s %s%s%s", name, shape_text(e->mem, &t->shape),
                            n ? " -> " : "", text);
        t = t->producer && t->producer->nin ? t->producer->in[0] : NULL;
    }
    return text;
}

void note_shapes(struct eval *e, struct tensor *const *in, int nin, struct span at)
{
    enum { MOST_CHAINS = 3 };
    const char *text = NULL, *trace = traceback(e);
    for (int i = 0, n = 0; i < nin && n < MOST_CHAINS; i++) {
        if (!in[i] || in[i]->weight)
            continue;
        text = arena_printf(e->mem, "%s%s%s", text ? text : "", text ? "; and " : "",
                            shape_chain(e, in[i]));
        n++;
    }
    if (text)
        diag_note(&e->ctx->diags, at, "the shapes that lead here: %s%s%s", text, trace ? "; " : "",
                  trace ? trace : "");
}

/* ---- activations ---- */

static struct value call_op(struct eval *e, const struct opdef *def, const char *layer,
                            const char *key, const void *attr, struct tensor **in, int nin,
                            struct span at)
{
    int n = 0;
    struct tensor **outs = op_call_all(e->g, def, layer, key, attr, in, nin, at, &n);
    if (!outs) {
        note_shapes(e, in, nin, at);
        return UNKNOWN;
    }
    if (n == 1)
        return of_tensor(outs[0]);
    struct value r = new_list(e, V_LIST);
    for (int i = 0; i < n; i++)
        if (outs[i])
            list_push(e, r.list, of_tensor(outs[i]));
    return r.list->count == 1 ? r.list->item[0] : r;
}

struct value apply_activation(struct eval *e, struct value v, struct value t, const char *base,
                              struct span at)
{
    struct activation act;
    if (v.kind == V_NONE || v.kind == V_EMPTY || t.kind != V_TENSOR)
        return t;
    if (v.kind != V_STRING && v.kind != V_SPACE) {
        if (v.kind == V_CLASS)
            v = call_n(e, v, at, 0);
        const struct value r = call_n(e, v, at, 1, t);
        if (r.kind != V_TENSOR)
            error_at(e, at, "this activation gives no tensor%s",
                     r.kind == V_UNKNOWN ? explain(e, r.unknown) : "");
        return r;
    }
    const char *word = v.kind == V_SPACE ? last_word(v.s->s) : v.s->s;
    if (!find_activation(e->ctx, word, &act)) {
        struct args a = { .v = (struct value[]){ EMPTY, t } + 1, .n = 1, .at = at };
        const struct value r = v.kind == V_SPACE ? keras_call_space(e, v.s, &a) : EMPTY;
        if (r.kind == V_TENSOR)
            return r;
        const char *names[256];
        int n = 0;
        for (int i = 0; op_table[i]; i++)
            for (const char *p = op_table[i]->activation; p && *p;
                 p += strcspn(p, " "), p += strspn(p, " "))
                if (n < 256)
                    names[n++] = arena_copy(e->mem, p, strcspn(p, " "));
        const char *near = nearest(word, names, n);
        error_at(e, at, "unknown activation '%s'%s%s%s", word, near ? "; did you mean '" : "",
                 near ? near : "", near ? "'?" : "");
        return UNKNOWN;
    }
    if (!act.def)
        return t;
    return call_op(e, act.def, arena_printf(e->mem, "%s_%s", base, word), NULL, act.attr, &t.tensor,
                   1, at);
}

/* ---- layers of the op table ---- */

static struct value permuted(struct eval *e, struct value t, bool to_last, struct span at)
{
    const int rank = t.tensor->shape.rank;
    struct value perm = new_list(e, V_TUPLE);
    list_push(e, perm.list, of_int(0));
    for (int i = 1; i < rank; i++)
        list_push(e, perm.list,
                  of_int(to_last ? (i == rank - 1 ? 1 : i + 1) : (i == 1 ? rank - 1 : i - 1)));
    return call_function_of(e, "transpose", t, perm, at);
}

/* The output_shape that Keras 1 wanted of transposed convolutions, (batch, ...): false after an
 * error, it is another one. */
static bool is_promised_shape(struct eval *e, const struct layer *l, struct value r, struct span at)
{
    const struct value said = dict_name(l->self.object->attributes, intern(e, "output_shape"));
    bool same = said.kind == V_EMPTY || !is_items(said) || r.kind != V_TENSOR
                || said.list->count != r.tensor->shape.rank;
    for (int i = 1; !same && i < r.tensor->shape.rank; i++) {
        if (is_whole(said.list->item[i]) && said.list->item[i].i != r.tensor->shape.dim[i])
            break;
        same = i == r.tensor->shape.rank - 1;
    }
    return same
           || error_at(e, at, "%s gives %s here, not the output_shape %s", l->def->name,
                       shape_text(e->mem, &r.tensor->shape), repr_of(e, said)->s);
}

static struct value call_def(struct eval *e, struct layer *l, struct tensor **in, int nin,
                             struct tensor **masks, struct span at)
{
    const char *key = layer_key(e, l);
    const struct span where = l->at.source ? l->at : at;
    if (l->channels_first)
        for (int i = 0; i < nin; i++)
            if (in[i] && in[i]->shape.rank > 2) {
                const struct value t = permuted(e, of_tensor(in[i]), true, where);
                if (t.kind != V_TENSOR)
                    return t;
                in[i] = t.tensor;
            }
    struct value r = masks && l->def->masked
                         ? of_tensor(op_call_masked(e->g, l->def, name_of_layer(e, l)->s, key,
                                                    l->attr, in, nin, masks, where))
                         : call_op(e, l->def, name_of_layer(e, l)->s, key, l->attr, in, nin, where);
    r = apply_activation(e, l->activation, r, key, where);
    if (l->channels_first && r.kind == V_TENSOR && r.tensor->shape.rank > 2)
        r = permuted(e, r, false, where);
    return is_promised_shape(e, l, r, where) ? r : UNKNOWN;
}

struct inner_call {
    struct eval *e;
    struct layer *layer;
};

static struct tensor *call_inner(struct graph *g, const struct inner_layer *i,
                                 struct layer_scope scope, struct tensor *const *in, int nin)
{
    const struct inner_call *c = i->front_end;
    struct eval *e = c->e;
    struct tensor **copy = NEW_ARRAY(e->mem, struct tensor *, nin + 1);
    memcpy(copy, in, (size_t)nin * sizeof *in);
    (void)g;
    struct value r;
    if (c->layer->def) {
        r = call_op(e, c->layer->def, scope.layer, scope.path, c->layer->attr, copy, nin,
                    c->layer->at);
        r = apply_activation(e, c->layer->activation, r, scope.path, c->layer->at);
    } else {
        r = call_layer_on(e, c->layer, of_tensor(copy[0]), c->layer->at);
    }
    return r.kind == V_TENSOR ? r.tensor : NULL;
}

const struct inner_layer *inner_layer_of(struct eval *e, struct value v)
{
    struct layer *l = v.object->layer;
    struct inner_call *c = NEW(e->mem, struct inner_call);
    struct inner_layer *i = NEW(e->mem, struct inner_layer);
    *c = (struct inner_call){ e, l };
    *i = (struct inner_layer){ l->def, l->attr, name_of_layer(e, l)->s, call_inner, c };
    return i;
}

/* The inputs by the layer's own parameters: "query, value, key, *initial_state". */
static int inputs_by_name(struct eval *e, const struct layer *l, struct args *a,
                          struct tensor ***in)
{
    struct parameters_seen seen = { .n = 0 };
    int n = 0, at = 0, last = 0;
    for (const char *p = l->def->call; *p; at++) {
        p += strspn(p, " ,*");
        const size_t length = strcspn(p, ",|:="), all = strcspn(p, ",");
        const char *name = arena_copy(e->mem, p, length);
        struct value v = arg_or(e, a, at, name, NONE);
        bool is_attr = false;
        for (const struct attr *q = l->def->attrs; q && q->name; q++)
            if (strcmp(q->name, name) == 0) {
                is_attr = true;
                if (v.kind != V_NONE)
                    set_attribute_of(e, l->def, l->attr, name, v, a->at, l->def->name);
            }
        p += all;
        if (is_attr || strncmp(name, "training", 8) == 0)
            continue;
        const struct unknown *u = NULL;
        const int before = n;
        if (strcmp(name, "mask") == 0 || ends_with(name, "_mask"))
            add_masks(e, &v, &seen, name, in, &n);
        else
            flatten_tensors(e, v, in, &n, &u);
        if (n > before && seen.n < 16)
            seen.item[seen.n++] = (struct tensor_parameter){ name, before, n - before };
        if (n == before)
            APPEND(e->mem, *in, n, NULL);
        for (int i = before; i < n; i++)
            last = (*in)[i] ? i + 1 : last;
    }
    return last > 1 ? last : 1;
}

/* ---- classes of the text ---- */

/* The shapes of what a layer is called on, for build(). */
static struct value shapes_of(struct eval *e, struct value v)
{
    if (v.kind == V_TENSOR)
        return shape_tuple(e, v.tensor);
    if (is_items(v)) {
        struct value r = new_list(e, V_LIST);
        for (int64_t i = 0; i < v.list->count; i++)
            list_push(e, r.list, shapes_of(e, v.list->item[i]));
        return r;
    }
    return NONE;
}

static bool has_parameter(const struct node *f, const char *name, bool *required)
{
    for (int i = 0; i < f->params.count; i++)
        if (f->params.item[i]->text && strcmp(f->params.item[i]->text, name) == 0) {
            *required = !f->params.item[i]->b && f->params.item[i]->star == 0;
            return true;
        }
    return false;
}

/* What a class of the text gets as `mask`: that of the tensor it is called on, or None. */
static struct value mask_argument(struct eval *e, struct args *a)
{
    struct tensor *m = a->n == 1 && a->v[0].kind == V_TENSOR ? mask_of(e, a->v[0].tensor) : NULL;
    return m ? of_tensor(m) : NONE;
}

static struct value call_of_text(struct eval *e, struct value self, struct value f, struct args *a)
{
    struct layer *l = self.object->layer;
    const struct value build = class_lookup(self.object->class, e->n.build);
    struct args with = *a;
    bool required = false, given = false;
    if (!l->built) {
        l->built = true;
        if (build.kind == V_FUNCTION)
            call_n(e, bind_method(e, build, self, self.object->class), a->at, 1,
                   shapes_of(e, a->n        ? a->v[0]
                                : a->nnamed ? a->named[0].value
                                            : NONE));
    }
    const char *const modes[] = { "training", "mask" };
    for (int k = 0; k < 2; k++) {
        given = !has_parameter(f.function->node, modes[k], &required);
        for (int i = 0; i < with.nnamed; i++)
            given |= strcmp(with.named[i].name->s, modes[k]) == 0;
        if (!given && with.n < 2) {
            struct named *all = NEW_ARRAY(e->mem, struct named, with.nnamed + 1);
            for (int i = 0; i < with.nnamed; i++)
                all[i] = with.named[i];
            all[with.nnamed] =
                (struct named){ intern(e, modes[k]), k ? mask_argument(e, a) : of_bool(false) };
            with.named = all;
            with.nnamed++;
        }
    }
    e->keras->inside++;
    const struct value r = call_value(e, bind_method(e, f, self, self.object->class), &with);
    e->keras->inside--;
    return r;
}

/* A result that is one of the inputs gets a tensor of its own, so that it has a history of its own.
 */
struct own {
    struct tensor **in;
    int nin;
    bool keeps_mask;
    struct span at;
};

static struct value own_tensor(struct eval *e, struct tensor *t, void *data)
{
    const struct own *o = data;
    const struct opdef *def = op_find_onnx("", "Identity");
    for (int i = 0; i < o->nin && def; i++)
        if (o->in[i] == t) {
            struct tensor *own =
                op_call(e->g, def, NULL, NULL, attr_defaults(e->ctx, def), &t, 1, o->at);
            if (own && o->keeps_mask)
                set_mask(e, own, mask_of(e, t));
            return of_tensor(own);
        }
    return of_tensor(t);
}

static bool holds_tensors(struct eval *e, struct value v)
{
    struct tensor **t = NULL;
    const struct unknown *u = NULL;
    int n = 0;
    return flatten_tensors(e, v, &t, &n, &u) && n > 0;
}

/* The inputs of a list that holds more than tensors: numbers and arrays are constants, None stands
 * for an input that is absent. */
static int inputs_of_list(struct eval *e, const struct list *l, const struct tensor *like,
                          struct tensor ***in)
{
    int n = 0;
    for (int64_t i = 0; i < l->count; i++) {
        struct tensor *t =
            l->item[i].kind == V_NONE
                ? NULL
                : as_tensor(e, l->item[i], is_number(l->item[i]) ? like : NULL, e->at);
        APPEND(e->mem, *in, n, t);
    }
    return n;
}

static struct value run_layer(struct eval *e, struct layer *l, struct args *a, struct value in,
                              struct tensor **tensors, int n)
{
    const struct value own_call = class_lookup(l->self.object->class, e->n.call);
    if (own_call.kind == V_FUNCTION)
        return call_of_text(e, l->self, own_call, a);
    if (l->function.kind != V_EMPTY) {
        e->keras->inside++;
        const struct value r = call_value(e, l->function, a);
        e->keras->inside--;
        return r;
    }
    if (l->model && l->model->sequential) {
        struct value t = in;
        if (l->unsure)
            error_at(e, a->at, "whether this model has another layer is not known%s",
                     explain(e, l->unsure));
        /* while it is built the calls are those of its layers, which can be asked for their outputs
         */
        e->keras->inside += !l->building;
        for (int i = 0; i < l->model->nlayers && t.kind != V_UNKNOWN; i++)
            t = call_layer_on(e, l->model->layers[i], t, a->at);
        e->keras->inside -= !l->building;
        return t;
    }
    if (l->model && l->model->outs.kind != V_EMPTY)
        return run_functional(e, l, in, a->at);
    for (int i = 1; l->def && !l->def->call && i < a->n; i++)
        if (holds_tensors(e, a->v[i]))
            return error_at(e, a->at,
                            "%s takes one argument; several tensors go into a list: %s()([a, b])",
                            l->def->name, l->def->name),
                   UNKNOWN;
    if (l->def) {
        struct tensor **ins = NULL;
        const bool mixed = !l->def->call && is_items(in) && in.list->count > n;
        void *const attr = l->attr;
        /* what the call says is of this call alone */
        l->attr = arena_alloc(e->mem, l->def->attr_size + 1);
        memcpy(l->attr, attr, l->def->attr_size);
        const int given = l->def->call ? inputs_by_name(e, l, a, &ins)
                          : mixed      ? inputs_of_list(e, in.list, tensors[0], &ins)
                                       : n;
        const struct value r = call_def(e, l, l->def->call || mixed ? ins : tensors, given,
                                        call_masks(e, a, tensors, n), a->at);
        l->attr = attr;
        return r;
    }
    if (l->activation.kind != V_NONE)
        return apply_activation(e, l->activation, in, layer_key(e, l), a->at);
    if (class_of(e, l->self) == e->layer || l->self.object->class->base == B_LAYER)
        return in;
    return not_supported(e, a->at, "the class '%s' has no method 'call'",
                         l->self.object->class->name->s);
}

/* Is the layer called on something that never is a tensor? Reports it. */
static bool not_a_tensor(struct eval *e, const struct layer *l, struct value in, struct span at)
{
    const char *class = l->self.object->class->name->s;
    if (in.kind == V_OBJECT && in.object->layer) {
        const char *inner = in.object->class->name->s;
        error_at(e, at,
                 "%s is called on a layer, %s, which itself is not called on a tensor; write "
                 "%s(...)(%s(...)(x))",
                 class, inner, class, inner);
        return true;
    }
    if (in.kind == V_NONE && (l->def || l->model))
        error_at(e, at, "%s is called on None; does the function that made it lack a 'return'?",
                 class);
    else if (in.kind == V_STRING || in.kind == V_FUNCTION || in.kind == V_CLASS)
        error_at(e, at, "%s is called on a %s, not on a tensor", class, type_name(e, in));
    else
        return false;
    return true;
}

struct value keras_call_layer(struct eval *e, struct value self, struct args *a)
{
    struct layer *l = self.object->layer;
    const struct value own = class_lookup(self.object->class, e->n.__call__);
    if (own.kind == V_FUNCTION)
        return call_value(e, bind_method(e, own, self, self.object->class), a);
    struct value in =
        a->n ? a->v[0] : arg_or(e, a, -1, "inputs", a->nnamed ? a->named[0].value : EMPTY);
    struct tensor **tensors = NULL;
    const struct unknown *u = NULL;
    int n = 0;
    if (in.kind == V_ARRAY && l->model && !l->has_input_shape) {
        l->input_shape = in.array->shape;
        l->input_shape.dim[0] = 1;
        l->has_input_shape = true;
    }
    if (in.kind == V_ARRAY && in.array->item && !l->model) { /* positions for an Embedding, say */
        a->v[0] = in = of_tensor(as_tensor(e, in, NULL, a->at));
    }
    if (l->broken || not_a_tensor(e, l, in, a->at)) {
        e->keras->failed = true;
        return unknown_told(e);
    }
    if (!flatten_tensors(e, in, &tensors, &n, &u) || !n)
        return unknown(e, arena_printf(e->mem, "the result of %s", l->self.object->class->name->s),
                       a->at, u);
    name_of_layer(e, l);
    struct value r = run_layer(e, l, a, in, tensors, n);
    struct own mine = { tensors, n, l->model != NULL, a->at };
    r = map_tensors(e, r, own_tensor, &mine);
    if (r.kind == V_UNKNOWN && !r.unknown && e->ctx->diags.errors)
        return unknown_told(e);
    /* building is no call of the text: the result is that of the last layer */
    if (r.kind == V_UNKNOWN || l->building)
        return r;
    pass_mask(e, l, a, in, tensors, n, r);
    struct record *record = record_call(e, l, NULL, NULL, r, a->at);
    record->args = *a;
    record->args.v = NEW_ARRAY(e->mem, struct value, a->n + 1);
    record->args.v++;
    memcpy(record->args.v, a->v, (size_t)a->n * sizeof *a->v);
    record->args.named = NEW_ARRAY(e->mem, struct named, a->nnamed + 1);
    if (a->nnamed)
        memcpy(record->args.named, a->named, (size_t)a->nnamed * sizeof *a->named);
    record->args.node = NULL;
    record->in = tensors;
    record->nin = n;
    for (int i = 1; i < a->n; i++)
        flatten_tensors(e, a->v[i], &record->in, &record->nin, &u);
    for (int i = 0; i < a->nnamed; i++)
        if (a->n || i)
            flatten_tensors(e, a->named[i].value, &record->in, &record->nin, &u);
    return r;
}

struct value call_layer_on(struct eval *e, struct layer *l, struct value in, struct span at)
{
    struct value v[2] = { EMPTY, in };
    struct args a = { .v = v + 1, .n = 1, .at = at };
    return keras_call_layer(e, l->self, &a);
}

/*
 * masks.c - masks that go along with tensors from layer to layer, as in Keras 3: which steps of a
 * sequence count.
 *
 * Embedding(mask_zero=True) and Masking make them. A layer whose call takes a mask gets that of its
 * inputs where the text gives none; the op table says what becomes of it behind the layer
 * (Layer.__call__ and compute_mask() in Keras).
 */
#include "cnn/keras.h"

#include <string.h>

struct tensor *mask_of(const struct eval *e, const struct tensor *t)
{
    const struct keras *k = e->keras;
    return t && t->id < k->nmasks ? k->masks[t->id] : NULL;
}

void set_mask(struct eval *e, const struct tensor *t, struct tensor *mask)
{
    struct keras *k = e->keras;
    if (t->id >= k->nmasks && mask) {
        const int room = 2 * t->id + 64;
        k->masks = arena_grow(e->mem, k->masks, (size_t)k->nmasks * sizeof *k->masks,
                              (size_t)room * sizeof *k->masks);
        k->nmasks = room;
    }
    if (t->id < k->nmasks)
        k->masks[t->id] = mask;
}

/* The masks of n tensors; NULL: none of them has one. */
static struct tensor **masks_of(struct eval *e, struct tensor *const *t, int n)
{
    struct tensor **m = NEW_ARRAY(e->mem, struct tensor *, n + 1);
    bool any = false;
    for (int i = 0; i < n; i++)
        any |= (m[i] = mask_of(e, t[i])) != NULL;
    return any ? m : NULL;
}

struct tensor **call_masks(struct eval *e, struct args *a, struct tensor *const *in, int n)
{
    const struct value given = arg_or(e, a, -1, "mask", NONE);
    struct tensor **m = masks_of(e, in, n);
    if (given.kind == V_TENSOR) {
        m = m ? m : NEW_ARRAY(e->mem, struct tensor *, n + 1);
        m[0] = given.tensor;
    }
    return m;
}

void add_masks(struct eval *e, const struct value *given, const struct parameters_seen *seen,
               const char *name, struct tensor ***in, int *n)
{
    const size_t length = strlen(name);
    struct value items = *given;
    const struct list *list = is_items(items) ? items_of(e, &items) : NULL;
    for (int64_t i = 0; list && i < list->count; i++)
        APPEND(e->mem, *in, *n, list->item[i].kind == V_TENSOR ? list->item[i].tensor : NULL);
    if (list)
        return;
    if (given->kind == V_TENSOR) {
        APPEND(e->mem, *in, *n, given->tensor);
        return;
    }
    const struct tensor_parameter *from = NULL;
    for (int i = 0; i < seen->n; i++) {
        const struct tensor_parameter *p = &seen->item[i];
        if (strcmp(name, "mask") == 0 ? seen->n == 1
                                      : seen->n > 1 && strlen(p->name) + 5 == length
                                            && strncmp(name, p->name, length - 5) == 0)
            from = p;
    }
    struct tensor **m = from ? masks_of(e, *in + from->first, from->count) : NULL;
    for (int i = 0; m && i < from->count; i++)
        APPEND(e->mem, *in, *n, m[i]);
    if (!m)
        APPEND(e->mem, *in, *n, NULL);
}

/* A layer of the text: it says by `supports_masking` or compute_mask() what becomes of the mask. */
static struct tensor *mask_behind_class(struct eval *e, struct layer *l, struct value in,
                                        struct tensor *mask, struct span at)
{
    const struct value own = class_lookup(l->self.object->class, intern(e, "compute_mask"));
    if (own.kind == V_FUNCTION) {
        const struct value r = call_n(e, bind_method(e, own, l->self, l->self.object->class), at, 2,
                                      in, mask ? of_tensor(mask) : NONE);
        return r.kind == V_TENSOR ? r.tensor : NULL;
    }
    const struct value says = dict_name(l->self.object->attributes, intern(e, "supports_masking"));
    return says.kind == V_BOOL && says.i ? mask : NULL;
}

void pass_mask(struct eval *e, struct layer *l, struct args *a, struct value in,
               struct tensor *const *tensors, int n, struct value result)
{
    struct tensor **out = NULL, *mask = NULL;
    const struct unknown *u = NULL;
    int nout = 0;
    flatten_tensors(e, result, &out, &nout, &u);
    if (!nout || l->model) /* a model's layers have done it */
        return;
    struct tensor **masks = call_masks(e, a, tensors, n);
    if (!masks)
        masks = NEW_ARRAY(e->mem, struct tensor *, n + 1);
    if (class_lookup(l->self.object->class, e->n.call).kind == V_FUNCTION)
        mask = mask_behind_class(e, l, in, masks[0], a->at);
    else if (l->def)
        mask = op_mask(e->g, l->def, l->attr, tensors, masks, n, a->at);
    else if (l->function.kind == V_EMPTY) /* Activation */
        mask = masks[0];
    if (mask)
        set_mask(e, out[0], mask);
}

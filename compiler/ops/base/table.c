/* table.c - the operators, gathered from the file names. */
#include "ops/op.h"

#include <string.h>

#define OP(x) extern const struct opdef x;
#include "ops.inc"
#undef OP

const struct opdef *const op_table[] = {
#define OP(x) &x,
#include "ops.inc"
#undef OP
    NULL
};

/* Is `word` one of the words of `list`? */
static bool listed(const char *list, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = list; p && *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strncmp(p, word, n) == 0 && (p[n] == ' ' || p[n] == 0))
            return true;
    return false;
}

const struct opdef *op_find(const char *name)
{
    for (int i = 0; op_table[i]; i++)
        if (strcmp(op_table[i]->name, name) == 0 || listed(op_table[i]->aliases, name))
            return op_table[i];
    return NULL;
}

const struct opdef *op_find_onnx(const char *domain, const char *op_type)
{
    char name[256];
    const int n = snprintf(name, sizeof name, "%s%s%s", domain, *domain ? ":" : "", op_type);
    for (int i = 0; n < (int)sizeof name && op_table[i]; i++)
        if (op_table[i]->onnx && listed(op_table[i]->onnx, name))
            return op_table[i];
    return NULL;
}

bool find_activation(struct ctx *ctx, const char *word, struct activation *to)
{
    *to = (struct activation){ NULL, NULL };
    for (int i = 0; op_table[i]; i++)
        if (listed(op_table[i]->activation, word)) {
            void *attr = attr_defaults(ctx, op_table[i]);
            if (op_table[i]->activation_args)
                attr_parse(ctx, op_table[i], attr, op_table[i]->activation_args);
            *to = (struct activation){ op_table[i], attr };
            return true;
        }
    return strcmp(word, "linear") == 0;
}

const char *op_suggest(const char *name)
{
    const char *best = NULL;
    int least = 4;
    for (int i = 0; op_table[i]; i++) {
        const int d = edit_distance(name, op_table[i]->name, least);
        if (d < least) {
            least = d;
            best = op_table[i]->name;
        }
    }
    return best;
}

void op_table_check(void)
{
    for (int i = 0; op_table[i]; i++) {
        const struct opdef *d = op_table[i];
        if (!d->name || !d->brief || !d->samples)
            bug("operator %d ('%s') lacks a name, a brief or samples", i, d->name ? d->name : "?");
        if (!d->expand && !d->refused && !(d->value && d->elementwise)
            && (!d->shape || !(d->eval || d->eval_all || d->is_identity || d->is_view)))
            bug("operator '%s' lacks a shape rule or eval", d->name);
        for (int j = 0; j < i; j++)
            if (strcmp(op_table[j]->name, d->name) == 0)
                bug("two operators are named '%s'", d->name);
    }
}

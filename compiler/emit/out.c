/* out.c - printing of values into templates' text, shared kernels, epilogues. */
#include "emit/emit.h"
#include "ops/op.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void put_string(struct out *o, const char *s)
{
    text_add(o->text, s, strlen(s));
}

void put_int(struct out *o, int64_t v)
{
    text_printf(o->text, "%lld", (long long)v);
}

/* The decimal always has a point or exponent: -1 is written -1.0f. */
const char *float_text(struct out *o, double value)
{
    const float v = (float)value;
    char s[40];
    if (isnan(v) || isinf(v))
        return isnan(v) ? "NAN" : v > 0 ? "INFINITY" : "-INFINITY";
    for (int digits = 1; digits <= 9; digits++) {
        snprintf(s, sizeof s, "%.*g", digits, (double)v);
        if (strtof(s, NULL) == v)
            break;
    }
    return arena_printf(o->arena, "%s%s", s, strpbrk(s, ".e") ? "f" : ".0f");
}

void put_float(struct out *o, double value)
{
    put_string(o, float_text(o, value));
}

void put_double(struct out *o, double v)
{
    char s[40];
    if (isnan(v) || isinf(v)) {
        put_string(o, isnan(v) ? "(double)NAN" : v > 0 ? "(double)INFINITY" : "-(double)INFINITY");
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(s, sizeof s, "%.*g", digits, v);
        if (strtod(s, NULL) == v)
            break;
    }
    put_string(o, s);
    put_string(o, strpbrk(s, ".e") ? "" : ".0");
}

bool out_shared_begin(struct out *o, const char *key)
{
    for (int i = 0; i < o->nonce; i++)
        if (strcmp(o->once[i], key) == 0)
            return false;
    APPEND(o->arena, o->once, o->nonce, key);
    o->layer = o->text;
    o->text = &o->shared;
    return true;
}

void out_shared_end(struct out *o)
{
    o->text = o->layer;
}

/* ---- epilogues ------------------------------------------------------------------------------- */

static enum other_kind own_other(const struct op *op)
{
    struct operand part;
    if (own_inputs(op) < 2)
        return NO_OTHER;
    operand_of(op, 1 - whole_operand(op), &part);
    return part.channels ? OTHER_LANES : OTHER_SPREAD;
}

static void put_steps(struct out *o, const struct op *op, struct text *name, enum other_kind *other)
{
    const bool itself = is_elementwise(op);
    for (int i = itself ? -1 : 0; i < op->nabsorbed; i++) {
        const struct op *step = i < 0 ? op : op->absorbed[i];
        const char *formula =
            vector_formula(o, step, i < 0 ? whole_operand(op) == 1 : step->swapped);
        if (strcmp(formula, "v") == 0)
            continue;
        text_printf(o->text, "v = %s;\n", formula);
        text_printf(name, "%s%s", name->n ? "_" : "", step->def->name);
        const enum other_kind kind = i < 0                        ? own_other(op)
                                     : op->absorbed_input[i] >= 0 ? OTHER_LANES
                                                                  : NO_OTHER;
        *other = kind == NO_OTHER ? *other : kind;
    }
}

static bool epilogue_named(const struct out *o, const char *name)
{
    for (int i = 0; i < o->nepilogues; i++)
        if (strcmp(o->epilogues[i].name, name) == 0)
            return true;
    return false;
}

static const char *upper_case(struct arena *a, const char *s)
{
    char *t = arena_copy(a, s, strlen(s));
    for (char *p = t; *p; p++)
        *p = *p >= 'a' && *p <= 'z'                                 ? (char)(*p - 32)
             : (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ? *p
                                                                    : '_';
    return t;
}

const char *epilogue_name(struct out *o, const struct op *op)
{
    struct text body = { 0 }, name = { 0 }, *before = o->text;
    enum other_kind other = NO_OTHER;
    o->text = &body;
    put_steps(o, op, &name, &other);
    o->text = before;
    if (!body.n) {
        text_free(&name);
        return "NONE";
    }
    const char *text = arena_copy(o->arena, body.s, body.n), *base = upper_case(o->arena, name.s),
               *chosen = base;
    text_free(&body);
    text_free(&name);
    for (int i = 0; i < o->nepilogues; i++)
        if (strcmp(o->epilogues[i].text, text) == 0 && o->epilogues[i].other == other)
            return o->epilogues[i].name;
    for (int i = 2; epilogue_named(o, chosen); i++)
        chosen = arena_printf(o->arena, "%s_%d", base, i);
    const struct epilogue e = { chosen, text, other };
    APPEND(o->arena, o->epilogues, o->nepilogues, e);
    return chosen;
}

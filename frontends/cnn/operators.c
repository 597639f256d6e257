/* operators.c - arithmetic, comparisons and truth as Python defines them. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <math.h>
#include <string.h>

/* ---- numbers ---- */

int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static NORETURN void past_64_bits(struct eval *e)
{
    raise_error(e, "OverflowError", "the result is past 64 bits");
}

static struct value power(struct eval *e, struct value a, struct value b)
{
    if (a.kind != V_FLOAT && b.kind != V_FLOAT && b.i >= 0) {
        int64_t r = 1, base = a.i;
        for (int64_t n = b.i; n; n >>= 1) {
            if ((n & 1) && !mul_checked(r, base, &r))
                past_64_bits(e);
            if (n > 1 && !mul_checked(base, base, &base))
                past_64_bits(e);
        }
        return of_int(r);
    }
    const double x = number(a), y = number(b);
    if (x == 0 && y < 0)
        raise_error(e, "ZeroDivisionError", "0.0 cannot be raised to a negative power");
    if (x < 0 && y != floor(y))
        return unknown(e, "a complex number", e->at, NULL);
    const double r = pow(x, y);
    if (isinf(r) && isfinite(x) && isfinite(y))
        raise_error(e, "OverflowError", "(34, 'Numerical result out of range')");
    return of_float(r);
}

static struct value divide(struct eval *e, const char *op, struct value a, struct value b)
{
    const bool ints = a.kind != V_FLOAT && b.kind != V_FLOAT;
    const double x = number(a), y = number(b);
    if (y == 0)
        raise_error(e, "ZeroDivisionError", "%s",
                    *op == '%' ? ints ? "integer modulo by zero" : "float modulo by zero"
                    : op[1]    ? ints ? "integer division or modulo by zero"
                                      : "float floor division by zero"
                    : ints     ? "division by zero"
                               : "float division by zero");
    if (*op == '/' && !op[1])
        return of_float(x / y);
    if (ints) {
        if (b.i == -1 && *op == '%')
            return of_int(0);
        if (b.i == -1 && a.i == INT64_MIN)
            past_64_bits(e);
        return of_int(*op == '/' ? floor_div(a.i, b.i) : a.i - floor_div(a.i, b.i) * b.i);
    }
    double rest = fmod(x, y); /* as CPython's float_divmod */
    double whole = (x - rest) / y;
    if (rest != 0 && (y < 0) != (rest < 0)) {
        rest += y;
        whole -= 1;
    } else if (rest == 0) {
        rest = copysign(0, y);
    }
    if (*op == '%')
        return of_float(rest);
    const double floored = floor(whole);
    return of_float(whole == 0              ? copysign(0, x / y)
                    : whole - floored > 0.5 ? floored + 1
                                            : floored);
}

static struct value bits(struct eval *e, const char *op, int64_t a, int64_t b, bool bools)
{
    switch (*op) {
    case '&': return bools ? of_bool(a & b) : of_int(a & b);
    case '|': return bools ? of_bool(a | b) : of_int(a | b);
    case '^': return bools ? of_bool(a ^ b) : of_int(a ^ b);
    default: break;
    }
    if (b < 0)
        raise_error(e, "ValueError", "negative shift count");
    if (*op == '>')
        return of_int(b > 62 ? (a < 0 ? -1 : 0) : a >> b);
    if (a && (b > 62 || (a > 0 ? a : -a) > (INT64_MAX >> b)))
        past_64_bits(e);
    return of_int(a ? (int64_t)((uint64_t)a << b) : 0);
}

static struct value arithmetic(struct eval *e, const char *op, struct value a, struct value b)
{
    const bool ints = a.kind != V_FLOAT && b.kind != V_FLOAT;
    int64_t r = 0;
    switch (*op) {
    case '+':
        if (ints && !add_checked(a.i, b.i, &r))
            past_64_bits(e);
        return ints ? of_int(r) : of_float(number(a) + number(b));
    case '-':
        if (ints && (b.i == INT64_MIN || !add_checked(a.i, -b.i, &r)))
            past_64_bits(e);
        return ints ? of_int(r) : of_float(number(a) - number(b));
    case '*':
        if (op[1])
            return power(e, a, b);
        if (ints && !mul_checked(a.i, b.i, &r))
            past_64_bits(e);
        return ints ? of_int(r) : of_float(number(a) * number(b));
    case '/':
    case '%': return divide(e, op, a, b);
    case '&':
    case '|':
    case '^':
    case '<':
    case '>':
        if (ints)
            return bits(e, op, a.i, b.i, a.kind == V_BOOL && b.kind == V_BOOL);
        break;
    default: break;
    }
    return EMPTY;
}

/* ---- sequences and sets ---- */

static struct value joined(struct eval *e, struct value a, struct value b)
{
    struct value r = new_list(e, a.kind);
    for (int64_t i = 0; i < a.list->count; i++)
        list_push(e, r.list, a.list->item[i]);
    for (int64_t i = 0; i < b.list->count; i++)
        list_push(e, r.list, b.list->item[i]);
    r.list->open = a.list->open ? a.list->open : b.list->open;
    return r;
}

static struct value repeated(struct eval *e, struct value a, int64_t n)
{
    n = n < 0 ? 0 : n;
    if (a.kind == V_STRING || a.kind == V_BYTES) {
        if (a.s->size && n > (int64_t)MOST_ITEMS * 16 / (int64_t)a.s->size)
            raise_error(e, "MemoryError", "a string of more than %d bytes", MOST_ITEMS * 16);
        struct chars c = { 0 };
        for (int64_t i = 0; i < n && a.s->size; i++)
            chars_add(e, &c, a.s->s, a.s->size);
        return (struct value){ .kind = a.kind, .s = chars_value(e, &c).s };
    }
    if (a.list->count && n > MOST_ITEMS / a.list->count)
        raise_error(e, "MemoryError", "a list of more than %d items", MOST_ITEMS);
    struct value r = new_list(e, a.kind);
    for (int64_t k = 0; k < n; k++)
        for (int64_t i = 0; i < a.list->count; i++)
            list_push(e, r.list, a.list->item[i]);
    r.list->open = a.list->open;
    return r;
}

static struct value set_operation(struct eval *e, char op, struct value a, struct value b)
{
    struct value r = new_dict(e, a.kind);
    for (int64_t i = 0; i < a.dict->used; i++) {
        const struct entry *n = &a.dict->entry[i];
        if (n->key.kind == V_EMPTY)
            continue;
        const bool both = dict_get(e, b.dict, n->key).kind != V_EMPTY;
        if (op == '|' || (op == '&' ? both : !both))
            dict_set(e, r.dict, n->key, NONE);
    }
    for (int64_t i = 0; i < b.dict->used; i++)
        if (b.dict->entry[i].key.kind != V_EMPTY
            && (op == '|'
                || (op == '^' && dict_get(e, a.dict, b.dict->entry[i].key).kind == V_EMPTY)))
            dict_set(e, r.dict, b.dict->entry[i].key, NONE);
    return r;
}

static struct value counter_operation(struct eval *e, char op, struct value a, struct value b)
{
    struct value r = new_dict(e, V_DICT);
    r.dict->counter = true;
    for (int side = 0; side < 2; side++)
        for (int64_t i = 0; i < (side ? b : a).dict->used; i++) {
            const struct entry *n = &(side ? b : a).dict->entry[i];
            if (n->key.kind == V_EMPTY || (side && op == '-'))
                continue;
            const struct value x = dict_get(e, a.dict, n->key), y = dict_get(e, b.dict, n->key);
            const int64_t p = x.kind == V_INT ? x.i : 0, q = y.kind == V_INT ? y.i : 0;
            if ((op == '+' ? p + q : p - q) > 0)
                dict_set(e, r.dict, n->key, of_int(op == '+' ? p + q : p - q));
        }
    return r;
}

/* ---- methods of objects ---- */

static const struct {
    const char *op, *name;
} operator_names[] = { { "+", "add" },       { "-", "sub" }, { "*", "mul" },  { "/", "truediv" },
                       { "//", "floordiv" }, { "%", "mod" }, { "**", "pow" }, { "@", "matmul" },
                       { "&", "and" },       { "|", "or" },  { "^", "xor" },  { "<<", "lshift" },
                       { ">>", "rshift" } };

static struct value by_method(struct eval *e, const char *op, struct value a, struct value b)
{
    for (size_t i = 0; i < sizeof operator_names / sizeof *operator_names; i++) {
        if (strcmp(operator_names[i].op, op) != 0)
            continue;
        for (int side = 0; side < 2; side++) {
            const struct value v = side ? b : a;
            const struct value f =
                v.kind != V_OBJECT
                    ? EMPTY
                    : special(e, v,
                              intern(e, arena_printf(e->mem, "__%s%s__", side ? "r" : "",
                                                     operator_names[i].name)));
            const struct value r = f.kind == V_EMPTY ? of_kind(V_NOT_IMPLEMENTED)
                                                     : call_n(e, f, e->at, 1, side ? a : b);
            if (r.kind != V_NOT_IMPLEMENTED)
                return r;
        }
    }
    return EMPTY;
}

static struct value plain(struct value v)
{
    return v.kind == V_OBJECT && v.object->base.kind != V_EMPTY ? v.object->base : v;
}

static struct value on_values(struct eval *e, const char *op, struct value a, struct value b)
{
    if (is_number(a) && is_number(b))
        return arithmetic(e, op, a, b);
    if (*op == '%' && (a.kind == V_STRING || a.kind == V_BYTES))
        return percent_format(e, a.s, b);
    if (*op == '+' && a.kind == b.kind && (a.kind == V_STRING || a.kind == V_BYTES)) {
        struct chars c = { 0 };
        chars_add(e, &c, a.s->s, a.s->size);
        chars_add(e, &c, b.s->s, b.s->size);
        return (struct value){ .kind = a.kind, .s = chars_value(e, &c).s };
    }
    if (*op == '+' && a.kind == b.kind && is_items(a))
        return joined(e, a, b);
    if (*op == '*' && !op[1] && (is_items(a) || a.kind == V_STRING || a.kind == V_BYTES)
        && is_whole(b))
        return repeated(e, a, b.i);
    if (*op == '*' && !op[1] && (is_items(b) || b.kind == V_STRING || b.kind == V_BYTES)
        && is_whole(a))
        return repeated(e, b, a.i);
    if (is_setlike(a) && is_setlike(b) && strchr("|&-^", *op))
        return set_operation(e, *op, a, b);
    if (a.kind == V_DICT && b.kind == V_DICT && a.dict->counter && (*op == '+' || *op == '-'))
        return counter_operation(e, *op, a, b);
    if (a.kind == V_DICT && b.kind == V_DICT && *op == '|') {
        struct value r = { .kind = V_DICT, .dict = dict_copy(e, a.dict) };
        dict_update(e, r.dict, b.dict);
        return r;
    }
    return EMPTY;
}

static bool is_space(struct value v)
{
    return v.kind == V_SPACE || v.kind == V_CLASS || v.kind == V_FUNCTION;
}

struct value binary(struct eval *e, const char *op, struct value a, struct value b,
                    const struct node *n)
{
    if (a.kind == V_TENSOR || b.kind == V_TENSOR || a.kind == V_VARIABLE || b.kind == V_VARIABLE)
        return keras_operator(e, op, a, b, n->at);
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN)
        return unknown(e, source_text(e, n), n->at, a.kind == V_UNKNOWN ? a.unknown : b.unknown);
    if (a.kind == V_ARRAY || b.kind == V_ARRAY)
        return array_binary(e, op, a, b);
    struct value r = a.kind == V_OBJECT || b.kind == V_OBJECT ? by_method(e, op, a, b) : EMPTY;
    if (r.kind == V_EMPTY)
        r = on_values(e, op, plain(a), plain(b));
    if (r.kind != V_EMPTY)
        return r;
    /* int | None of type hints */
    if (a.kind == V_SPACE || b.kind == V_SPACE || (*op == '|' && (is_space(a) || is_space(b))))
        return unknown(e, source_text(e, n), n->at, NULL);
    if (*op == '+' && a.kind == V_STRING)
        raise_error(e, "TypeError", "can only concatenate str (not \"%s\") to str",
                    type_name(e, b));
    if (*op == '+' && is_items(a))
        raise_error(e, "TypeError", "can only concatenate %s (not \"%s\") to %s", type_name(e, a),
                    type_name(e, b), type_name(e, a));
    if (*op == '*' && !op[1] && (is_items(a) || a.kind == V_STRING))
        raise_error(e, "TypeError", "can't multiply sequence by non-int of type '%s'",
                    type_name(e, b));
    raise_error(e, "TypeError", "unsupported operand type(s) for %s: '%s' and '%s'",
                strcmp(op, "**") == 0 ? "** or pow()" : op, type_name(e, a), type_name(e, b));
}

struct value unary(struct eval *e, const char *op, struct value a, const struct node *n)
{
    if (*op == 'n') {
        const int t = truth(e, a);
        return t < 0 ? unknown(e, source_text(e, n), n->at, why(a)) : of_bool(!t);
    }
    if (a.kind == V_TENSOR || a.kind == V_VARIABLE)
        return *op == '+' ? a : keras_unary(e, op, a, n->at);
    if (a.kind == V_UNKNOWN)
        return unknown(e, source_text(e, n), n->at, a.unknown);
    if (a.kind == V_ARRAY && *op == '-')
        return array_binary(e, "*", a, of_int(-1));
    if (a.kind == V_OBJECT) {
        const struct value f = special(e, a,
                                       *op == '-'   ? e->n.__neg__
                                       : *op == '+' ? e->n.__pos__
                                                    : e->n.__invert__);
        if (f.kind != V_EMPTY)
            return call_n(e, f, n->at, 0);
        a = plain(a);
    }
    if (is_whole(a)) {
        if (*op == '-' && a.i == INT64_MIN)
            past_64_bits(e);
        return of_int(*op == '-' ? -a.i : *op == '~' ? ~a.i : a.i);
    }
    if (a.kind == V_FLOAT && *op != '~')
        return of_float(*op == '-' ? -a.f : a.f);
    raise_error(e, "TypeError", "bad operand type for unary %s: '%s'", op, type_name(e, a));
}

/* ---- truth ---- */

int truth(struct eval *e, struct value v)
{
    switch (v.kind) {
    case V_UNKNOWN:
    case V_TENSOR:
    case V_VARIABLE: return -1;
    case V_NONE: return 0;
    case V_BOOL:
    case V_INT: return v.i != 0;
    case V_FLOAT: return v.f != 0;
    case V_STRING:
    case V_BYTES: return v.s->size > 0;
    case V_TUPLE:
    case V_LIST: return v.list->count > 0 ? 1 : v.list->open ? -1 : 0;
    case V_DICT:
    case V_SET:
    case V_FROZENSET: return v.dict->count > 0 ? 1 : v.dict->open ? -1 : 0;
    case V_RANGE: return length(e, v) > 0;
    case V_ARRAY:
        return v.array->item && shape_count(&v.array->shape) == 1 ? v.array->item[0] != 0 : -1;
    case V_OBJECT: {
        const struct value f = special(e, v, e->n.__bool__);
        if (f.kind != V_EMPTY)
            return truth(e, call_n(e, f, e->at, 0));
        const struct value l = special(e, v, e->n.__len__);
        if (l.kind != V_EMPTY)
            return truth(e, call_n(e, l, e->at, 0));
        return v.object->base.kind != V_EMPTY ? truth(e, v.object->base) : 1;
    }
    default: return 1;
    }
}

/* ---- comparisons ---- */

bool is_same(struct value a, struct value b)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case V_NONE:
    case V_ELLIPSIS:
    case V_NOT_IMPLEMENTED: return true;
    case V_BOOL:
    case V_INT: return a.i == b.i;
    case V_FLOAT: return a.f == b.f;
    case V_STRING: return a.s->hash == b.s->hash && a.s->size == b.s->size;
    case V_SPACE: return strcmp(a.s->s, b.s->s) == 0;
    default: return a.s == b.s;
    }
}

static int equal_lists(struct eval *e, const struct list *a, const struct list *b)
{
    if (a == b)
        return 1;
    if (a->open || b->open)
        return -1;
    if (a->count != b->count)
        return 0;
    check_stack(e);
    int all = 1;
    for (int64_t i = 0; i < a->count; i++) {
        const int t = is_same(a->item[i], b->item[i]) && a->item[i].kind != V_FLOAT
                          ? 1
                          : equal_values(e, a->item[i], b->item[i]);
        if (t == 0)
            return 0;
        all = t < 0 ? -1 : all;
    }
    return all;
}

static int equal_dicts(struct eval *e, struct value a, struct value b)
{
    if (a.dict == b.dict)
        return 1;
    if (a.dict->open || b.dict->open)
        return -1;
    if (a.dict->count != b.dict->count)
        return 0;
    check_stack(e);
    for (int64_t i = 0; i < a.dict->used; i++) {
        if (a.dict->entry[i].key.kind == V_EMPTY)
            continue;
        const struct value other = dict_get(e, b.dict, a.dict->entry[i].key);
        const int t = other.kind == V_EMPTY ? 0
                      : a.kind == V_DICT    ? equal_values(e, a.dict->entry[i].value, other)
                                            : 1;
        if (t != 1)
            return t;
    }
    return 1;
}

static int equal_objects(struct eval *e, struct value a, struct value b)
{
    for (int side = 0; side < 2; side++) {
        const struct value v = side ? b : a, other = side ? a : b;
        const struct value f = v.kind == V_OBJECT ? special(e, v, e->n.__eq__) : EMPTY;
        const struct value r =
            f.kind == V_EMPTY ? of_kind(V_NOT_IMPLEMENTED) : call_n(e, f, e->at, 1, other);
        if (r.kind != V_NOT_IMPLEMENTED)
            return truth(e, r);
    }
    if (a.kind == V_OBJECT && b.kind == V_OBJECT && a.object->class->fields
        && a.object->class == b.object->class && a.object->base.kind == V_EMPTY) {
        for (int64_t i = 0; i < a.object->class->fields->count; i++) {
            struct str *name = a.object->class->fields->item[i].list->item[0].s;
            const int t = equal_values(e, dict_name(a.object->attributes, name),
                                       dict_name(b.object->attributes, name));
            if (t != 1)
                return t;
        }
        return 1;
    }
    const struct value x = plain(a), y = plain(b);
    if (x.kind != V_OBJECT && y.kind != V_OBJECT)
        return equal_values(e, x, y);
    return x.kind == y.kind && x.object == y.object;
}

int equal_values(struct eval *e, struct value a, struct value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN)
        return -1;
    if (is_number(a) && is_number(b))
        return a.kind != V_FLOAT && b.kind != V_FLOAT ? a.i == b.i : number(a) == number(b);
    if (a.kind == V_OBJECT || b.kind == V_OBJECT)
        return equal_objects(e, a, b);
    if ((a.kind == V_SPACE) != (b.kind == V_SPACE)) /* tf.float32 == 'float32' is not known */
        return a.kind == V_NONE || b.kind == V_NONE ? 0 : -1;
    if (is_setlike(a) && is_setlike(b))
        return equal_dicts(e, a, b);
    if (a.kind == V_ARRAY || b.kind == V_ARRAY)
        return a.kind == V_NONE || b.kind == V_NONE ? 0 : truth(e, array_binary(e, "==", a, b));
    if (a.kind != b.kind)
        return 0;
    switch (a.kind) {
    case V_STRING:
    case V_BYTES:
        return a.s == b.s || (a.s->size == b.s->size && memcmp(a.s->s, b.s->s, a.s->size) == 0);
    case V_TUPLE:
    case V_LIST:
    case V_SLICE: return equal_lists(e, a.list, b.list);
    case V_DICT: return equal_dicts(e, a, b);
    case V_RANGE: {
        struct value x = a, y = b;
        return equal_lists(e, items_of(e, &x), items_of(e, &y));
    }
    case V_METHOD:
        return is_same(a.method->self, b.method->self)
               && is_same(a.method->function, b.method->function);
    default: return is_same(a, b);
    }
}

int order(struct eval *e, struct value a, struct value b, bool *known)
{
    if (is_number(a) && is_number(b)) {
        if (a.kind != V_FLOAT && b.kind != V_FLOAT)
            return (a.i > b.i) - (a.i < b.i);
        return (number(a) > number(b)) - (number(a) < number(b));
    }
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN || a.kind == V_SPACE || b.kind == V_SPACE
        || a.kind == V_ARRAY || b.kind == V_ARRAY) {
        *known = false;
        return 0;
    }
    if (a.kind == b.kind && (a.kind == V_STRING || a.kind == V_BYTES)) {
        const size_t n = a.s->size < b.s->size ? a.s->size : b.s->size;
        /* the order of UTF-8 is that of code points */
        const int c = memcmp(a.s->s, b.s->s, n);
        return c ? c : (a.s->size > b.s->size) - (a.s->size < b.s->size);
    }
    if (a.kind == b.kind && is_items(a)) {
        check_stack(e);
        for (int64_t i = 0; i < a.list->count && i < b.list->count; i++) {
            const int same = equal_values(e, a.list->item[i], b.list->item[i]);
            *known &= same >= 0;
            if (same != 1)
                return order(e, a.list->item[i], b.list->item[i], known);
        }
        return (a.list->count > b.list->count) - (a.list->count < b.list->count);
    }
    if (a.kind == V_OBJECT || b.kind == V_OBJECT) {
        const struct value less = a.kind == V_OBJECT ? special(e, a, e->n.__lt__) : EMPTY;
        if (less.kind != V_EMPTY) {
            if (truth(e, call_n(e, less, e->at, 1, b)) == 1)
                return -1;
            return equal_values(e, a, b) == 1 ? 0 : 1;
        }
        if (plain(a).kind != V_OBJECT && plain(b).kind != V_OBJECT)
            return order(e, plain(a), plain(b), known);
    }
    raise_error(e, "TypeError", "'<' not supported between instances of '%s' and '%s'",
                type_name(e, a), type_name(e, b));
}

int contains(struct eval *e, struct value c, struct value item)
{
    c = c.kind == V_OBJECT && special(e, c, e->n.__contains__).kind == V_EMPTY ? plain(c) : c;
    if (c.kind == V_UNKNOWN || c.kind == V_SPACE || c.kind == V_TENSOR
        || (item.kind == V_UNKNOWN && c.kind != V_LIST && c.kind != V_TUPLE))
        return -1;
    if (c.kind == V_STRING) {
        if (item.kind != V_STRING)
            raise_error(e, "TypeError", "'in <string>' requires string as left operand, not %s",
                        type_name(e, item));
        return strstr(c.s->s, item.s->s) != NULL;
    }
    if (c.kind == V_DICT || is_setlike(c))
        return dict_get(e, c.dict, item).kind != V_EMPTY ? 1 : c.dict->open ? -1 : 0;
    if (c.kind == V_RANGE && is_whole(item)) {
        const struct range *r = c.range;
        return (r->step > 0 ? item.i >= r->start && item.i < r->stop
                            : item.i <= r->start && item.i > r->stop)
               && (item.i - r->start) % r->step == 0;
    }
    if (c.kind == V_OBJECT) {
        const struct value f = special(e, c, e->n.__contains__);
        if (f.kind != V_EMPTY)
            return truth(e, call_n(e, f, e->at, 1, item));
        if (c.object->class->open)
            return -1;
    }
    if (c.kind == V_ARRAY && !c.array->item)
        return -1;
    const struct list *l = items_of(e, &c);
    if (!l)
        return -1;
    int found = l->open ? -1 : 0;
    for (int64_t i = 0; i < l->count; i++) {
        const int t = is_same(l->item[i], item) ? 1 : equal_values(e, l->item[i], item);
        if (t == 1)
            return 1;
        found = t < 0 ? -1 : found;
    }
    return found;
}

static int compare_sets(struct eval *e, const char *op, struct value a, struct value b)
{
    const struct value less = *op == '<' ? a : b, more = *op == '<' ? b : a;
    for (int64_t i = 0; i < less.dict->used; i++)
        if (less.dict->entry[i].key.kind != V_EMPTY
            && dict_get(e, more.dict, less.dict->entry[i].key).kind == V_EMPTY)
            return 0;
    return op[1] == '=' || less.dict->count < more.dict->count;
}

static struct value known_or_not(struct eval *e, int t, bool not, struct value a, struct value b,
                                 const struct node *n)
{
    return t < 0 ? unknown(e, source_text(e, n), n->at, why(a) ? why(a) : why(b))
                 : of_bool(t != not );
}

/* a < b by a method of one of them: EMPTY where there is none. */
static struct value compare_objects(struct eval *e, const char *op, struct value a, struct value b)
{
    const bool less = *op == '<', or_equal = op[1] == '=';
    struct str *names[2] = { or_equal ? e->n.__le__ : e->n.__lt__,
                             or_equal ? e->n.__ge__ : e->n.__gt__ };
    for (int side = 0; side < 2; side++) {
        const struct value v = side ? b : a;
        const struct value f =
            v.kind == V_OBJECT ? special(e, v, names[less == (side == 1)]) : EMPTY;
        const struct value r =
            f.kind == V_EMPTY ? of_kind(V_NOT_IMPLEMENTED) : call_n(e, f, e->at, 1, side ? a : b);
        if (r.kind != V_NOT_IMPLEMENTED)
            return r;
    }
    return EMPTY;
}

struct value compare(struct eval *e, const char *op, struct value a, struct value b,
                     const struct node *n)
{
    const bool tensor = a.kind == V_TENSOR || b.kind == V_TENSOR;
    if (strcmp(op, "is") == 0 || strcmp(op, "is not") == 0)
        return a.kind == V_UNKNOWN || b.kind == V_UNKNOWN ? known_or_not(e, -1, false, a, b, n)
                                                          : of_bool(is_same(a, b) != (op[2] != 0));
    if (strcmp(op, "in") == 0 || strcmp(op, "not in") == 0)
        return known_or_not(e, contains(e, b, a), *op == 'n', a, b, n);
    if (tensor && a.kind != V_NONE && b.kind != V_NONE && a.kind != V_STRING && b.kind != V_STRING)
        return keras_operator(e, op, a, b, n->at);
    if ((a.kind == V_ARRAY && (is_number(b) || b.kind == V_ARRAY))
        || (b.kind == V_ARRAY && is_number(a)))
        return array_binary(e, op, a, b);
    if (op[1] == '=' && (*op == '=' || *op == '!')) {
        const struct value ne =
            *op == '!' && a.kind == V_OBJECT ? special(e, a, e->n.__ne__) : EMPTY;
        return ne.kind != V_EMPTY ? call_n(e, ne, n->at, 1, b)
                                  : known_or_not(e, equal_values(e, a, b), *op == '!', a, b, n);
    }
    if (a.kind == V_OBJECT || b.kind == V_OBJECT) {
        const struct value r = compare_objects(e, op, a, b);
        if (r.kind != V_EMPTY)
            return r;
        a = plain(a);
        b = plain(b);
    }
    if (is_setlike(a) && is_setlike(b))
        return of_bool(compare_sets(e, op, a, b));
    if (a.kind == V_FLOAT || b.kind == V_FLOAT) {
        if (is_number(a) && is_number(b)) { /* NaN has no order */
            const double x = number(a), y = number(b);
            return of_bool(*op == '<' ? (op[1] ? x <= y : x < y) : (op[1] ? x >= y : x > y));
        }
    }
    const bool numbers =
        (is_number(a) || a.kind == V_UNKNOWN) && (is_number(b) || b.kind == V_UNKNOWN);
    if (a.kind != b.kind && !numbers && a.kind != V_UNKNOWN && b.kind != V_UNKNOWN
        && a.kind != V_SPACE && b.kind != V_SPACE)
        raise_error(e, "TypeError", "'%s' not supported between instances of '%s' and '%s'", op,
                    type_name(e, a), type_name(e, b));
    bool known = true;
    const int c = order(e, a, b, &known);
    return known_or_not(e,
                        !known       ? -1
                        : *op == '<' ? (op[1] ? c <= 0 : c < 0)
                                     : (op[1] ? c >= 0 : c > 0),
                        false, a, b, n);
}

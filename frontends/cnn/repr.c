/* repr.c - values as Python prints them. */
#include "cnn/eval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NESTED = 60 };

/* The shortest digits that read back as the same number, in Python's form. */
const char *float_repr(struct eval *e, double f)
{
    char digits[40];
    if (isnan(f))
        return "nan";
    if (isinf(f))
        return f < 0 ? "-inf" : "inf";
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*e", precision - 1, f);
        if (strtod(digits, NULL) == f)
            break;
    }
    char *mark = strchr(digits, 'e');
    const int exponent = atoi(mark + 1),
              shown = (int)(mark - digits) - (digits[0] == '-') - (strchr(digits, '.') != NULL);
    if (exponent < -4 || exponent >= 16)
        return arena_printf(e->mem, "%.*se%c%02d", (int)(mark - digits), digits,
                            exponent < 0 ? '-' : '+', abs(exponent));
    return arena_printf(e->mem, "%.*f", shown - 1 - exponent > 1 ? shown - 1 - exponent : 1, f);
}

static bool printable(uint32_t c)
{
    return c >= 32 && c != 127 && !(c >= 0x80 && c < 0xa0) && c != 0xad && c != 0x2028
           && c != 0x2029 && c != 0xfeff;
}

static void repr_string(struct eval *e, struct chars *c, const struct str *s, bool bytes)
{
    const char quote = memchr(s->s, '\'', s->size) && !memchr(s->s, '"', s->size) ? '"' : '\'';
    char small[16];
    chars_add(e, c, &quote, 1);
    for (size_t i = 0; i < s->size;) {
        int used = 1;
        const uint32_t code = bytes ? (unsigned char)s->s[i] : code_at(s->s + i, &used);
        const char *known = code == '\n'   ? "\\n"
                            : code == '\r' ? "\\r"
                            : code == '\t' ? "\\t"
                            : code == '\\' ? "\\\\"
                                           : NULL;
        if (known)
            chars_put(e, c, known);
        else if (code == (unsigned char)quote)
            chars_put(e, c, quote == '"' ? "\\\"" : "\\'");
        else if (bytes ? code < 32 || code > 126 : !printable(code)) {
            snprintf(small, sizeof small,
                     code > 0xffff ? "\\U%08x"
                     : code > 0xff ? "\\u%04x"
                                   : "\\x%02x",
                     (unsigned)code);
            chars_put(e, c, small);
        } else
            chars_add(e, c, s->s + i, (size_t)used);
        i += (size_t)used;
    }
    chars_add(e, c, &quote, 1);
}

static void add_repr(struct eval *e, struct chars *c, struct value v, int depth);

static void repr_items(struct eval *e, struct chars *c, const struct list *l, const char *open,
                       const char *close, int depth)
{
    chars_put(e, c, open);
    for (int64_t i = 0; i < l->count; i++) {
        chars_put(e, c, i ? ", " : "");
        add_repr(e, c, l->item[i], depth + 1);
    }
    chars_put(e, c, *close == ')' && l->count == 1 ? ",)" : close);
}

static void repr_dict(struct eval *e, struct chars *c, struct value v, int depth)
{
    const struct dict *d = v.dict;
    const bool plain = v.kind == V_DICT;
    bool first = true;
    if (!plain && !d->count) {
        chars_put(e, c, v.kind == V_SET ? "set()" : "frozenset()");
        return;
    }
    if (d->missing.kind != V_EMPTY && plain) {
        chars_put(e, c, "defaultdict(");
        add_repr(e, c, d->missing, depth + 1);
        chars_put(e, c, ", ");
    }
    chars_put(e, c, d->counter ? "Counter({" : v.kind == V_FROZENSET ? "frozenset({" : "{");
    for (int64_t i = 0; i < d->used; i++) {
        if (d->entry[i].key.kind == V_EMPTY)
            continue;
        chars_put(e, c, first ? "" : ", ");
        first = false;
        add_repr(e, c, d->entry[i].key, depth + 1);
        if (plain) {
            chars_put(e, c, ": ");
            add_repr(e, c, d->entry[i].value, depth + 1);
        }
    }
    chars_put(e, c,
              d->counter || v.kind == V_FROZENSET || (d->missing.kind != V_EMPTY && plain) ? "})"
                                                                                           : "}");
}

static void repr_fields(struct eval *e, struct chars *c, struct value v, int depth)
{
    const struct list *fields = v.object->class->fields;
    chars_put(e, c, v.object->class->name->s);
    for (int64_t i = 0; i < fields->count; i++) {
        struct str *name = fields->item[i].list->item[0].s;
        if (fields->item[i].list->count > 4 && truth(e, fields->item[i].list->item[4]) == 0)
            continue;
        chars_put(e, c, i ? ", " : "(");
        chars_put(e, c, name->s);
        chars_put(e, c, "=");
        const struct value field = get_attribute(e, v, name, e->at);
        add_repr(e, c, field, depth + 1);
    }
    chars_put(e, c, fields->count ? ")" : "()");
}

static void repr_object(struct eval *e, struct chars *c, struct value v, int depth)
{
    const struct value f = special(e, v, e->n.__repr__);
    if (f.kind != V_EMPTY) {
        const struct value r = call_n(e, f, e->at, 0);
        chars_put(e, c, r.kind == V_STRING ? r.s->s : "?");
    } else if (v.object->class->is_enum) {
        const struct value value = dict_name(v.object->attributes, e->n.value);
        chars_put(e, c,
                  arena_printf(e->mem, "<%s.%s: ", v.object->class->name->s,
                               str_of(e, dict_name(v.object->attributes, e->n.name))->s));
        add_repr(e, c, value, depth + 1);
        chars_put(e, c, ">");
    } else if (v.object->class->fields) {
        repr_fields(e, c, v, depth);
    } else if (v.object->class->base == B_EXCEPTION) {
        const struct value args = dict_name(v.object->attributes, e->n.args);
        chars_put(e, c, v.object->class->name->s);
        if (args.kind == V_TUPLE && args.list->count == 1) {
            chars_put(e, c, "(");
            add_repr(e, c, args.list->item[0], depth + 1);
            chars_put(e, c, ")");
        } else {
            add_repr(e, c, args, depth + 1);
        }
    } else if (v.object->base.kind != V_EMPTY) {
        add_repr(e, c, v.object->base, depth + 1);
    } else {
        chars_put(e, c, arena_printf(e->mem, "<%s object>", v.object->class->name->s));
    }
}

static void repr_array(struct eval *e, struct chars *c, struct value v)
{
    if (!v.array->item) {
        chars_put(e, c, "array(?)");
        return;
    }
    const struct value l = array_list(e, v.array);
    if (v.array->shape.rank)
        chars_put(e, c, "array(");
    add_repr(e, c, l, 0);
    if (v.array->shape.rank)
        chars_put(e, c, ")");
}

static void add_repr(struct eval *e, struct chars *c, struct value v, int depth)
{
    check_stack(e);
    if (depth > MOST_NESTED) {
        chars_put(e, c, "...");
        return;
    }
    switch (v.kind) {
    case V_NONE: chars_put(e, c, "None"); break;
    case V_ELLIPSIS: chars_put(e, c, "Ellipsis"); break;
    case V_NOT_IMPLEMENTED: chars_put(e, c, "NotImplemented"); break;
    case V_BOOL: chars_put(e, c, v.i ? "True" : "False"); break;
    case V_INT: chars_put(e, c, arena_printf(e->mem, "%lld", (long long)v.i)); break;
    case V_FLOAT: chars_put(e, c, float_repr(e, v.f)); break;
    case V_BYTES:
        chars_put(e, c, "b");
        repr_string(e, c, v.s, true);
        break;
    case V_STRING: repr_string(e, c, v.s, false); break;
    case V_LIST: repr_items(e, c, v.list, "[", "]", depth); break;
    case V_TUPLE: repr_items(e, c, v.list, "(", ")", depth); break;
    case V_SLICE: repr_items(e, c, v.list, "slice(", ")", depth); break;
    case V_SET:
    case V_FROZENSET:
    case V_DICT: repr_dict(e, c, v, depth); break;
    case V_RANGE:
        chars_put(e, c,
                  arena_printf(e->mem,
                               v.range->step == 1 ? "range(%lld, %lld)" : "range(%lld, %lld, %lld)",
                               (long long)v.range->start, (long long)v.range->stop,
                               (long long)v.range->step));
        break;
    case V_CLASS:
        chars_put(e, c,
                  arena_printf(
                      e->mem, "<class '%s%s'>",
                      v.class->base == B_VALUE || v.class->base == B_EXCEPTION ? "" : "__main__.",
                      v.class->name->s));
        break;
    case V_FUNCTION:
        chars_put(e, c, arena_printf(e->mem, "<function %s>", v.function->name));
        break;
    case V_OBJECT: repr_object(e, c, v, depth); break;
    case V_ARRAY: repr_array(e, c, v); break;
    case V_UNKNOWN: chars_put(e, c, "<unknown>"); break;
    case V_SPACE: chars_put(e, c, v.s->s); break;
    default: chars_put(e, c, arena_printf(e->mem, "<%s>", type_name(e, v))); break;
    }
}

struct str *repr_of(struct eval *e, struct value v)
{
    struct chars c = { 0 };
    add_repr(e, &c, v, 0);
    return chars_value(e, &c).s;
}

static struct str *exception_text(struct eval *e, struct value v)
{
    const struct value args = dict_name(v.object->attributes, e->n.args);
    if (args.kind != V_TUPLE || !args.list->count)
        return intern(e, "");
    if (args.list->count > 1)
        return repr_of(e, args);
    return is_subclass(v.object->class, dict_name(e->builtins, intern(e, "KeyError")).class)
               ? repr_of(e, args.list->item[0])
               : str_of(e, args.list->item[0]);
}

struct str *str_of(struct eval *e, struct value v)
{
    if (v.kind == V_STRING)
        return v.s;
    if (v.kind == V_ARRAY && v.array->item && v.array->shape.rank) {
        struct str *r = repr_of(e, array_list(e, v.array));
        struct chars c = { 0 };
        for (size_t i = 0; i < r->size; i++)
            if (r->s[i] != ',')
                chars_add(e, &c, r->s + i, 1);
        return chars_value(e, &c).s;
    }
    if (v.kind != V_OBJECT)
        return repr_of(e, v);
    const struct value f = special(e, v, e->n.__str__);
    if (f.kind != V_EMPTY) {
        const struct value r = call_n(e, f, e->at, 0);
        return r.kind == V_STRING ? r.s : intern(e, "");
    }
    if (v.object->class->base == B_EXCEPTION)
        return exception_text(e, v);
    if (v.object->class->is_enum && v.object->base.kind == V_EMPTY)
        return printed(e, "%s.%s", v.object->class->name->s,
                       str_of(e, dict_name(v.object->attributes, e->n.name))->s)
            .s;
    if (v.object->base.kind != V_EMPTY && !v.object->class->fields
        && special(e, v, e->n.__repr__).kind == V_EMPTY)
        return str_of(e, v.object->base);
    return repr_of(e, v);
}

const char *type_name(struct eval *e, struct value v)
{
    if (v.kind == V_SPACE)
        return "module";
    const struct class *c = class_of(e, v);
    return c ? c->name->s : "object";
}

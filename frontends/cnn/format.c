/* format.c - "%d" % x, "{}".format(x), f"{x:.2f}": numbers and text in fields, by Python's format
 * specification. */
#include "cnn/eval.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* [[fill]align][sign][z][#][0][width][grouping][.precision][type] */
struct spec {
    char fill[5], align, sign, grouping, type;
    bool alternate, zero;
    int64_t width, precision; /* precision -1: none */
};

enum { WIDEST = 1000000 };

static void put_padded(struct eval *e, struct chars *to, const struct spec *p, const char *s,
                       size_t n, char align)
{
    int64_t length = 0;
    for (size_t i = 0; i < n; i++)
        length += ((unsigned char)s[i] & 0xc0) != 0x80;
    const int64_t room = p->width > length ? p->width - length : 0, before = align == '<' ? 0
                                                                             : align == '>'
                                                                                 ? room
                                                                                 : room / 2;
    for (int64_t i = 0; i < before; i++)
        chars_put(e, to, p->fill);
    chars_add(e, to, s, n);
    for (int64_t i = before; i < room; i++)
        chars_put(e, to, p->fill);
}

/* A number's digits with its sign before the padding of '='. */
static struct value put_number(struct eval *e, const struct spec *p, const char *sign,
                               const char *digits)
{
    struct chars body = { 0 }, out = { 0 };
    const size_t whole = strspn(
        digits, p->type && strchr("xXobB", p->type) ? "0123456789abcdefABCDEF" : "0123456789");
    const size_t by = p->grouping == '_' && p->type && strchr("xXob", p->type) ? 4 : 3;
    const bool fills = p->zero && p->align == '=';
    size_t zeros = 0;
    if (fills) {
        size_t used = strlen(sign) + strlen(digits) + (p->grouping && whole ? (whole - 1) / by : 0);
        while ((int64_t)used < p->width) {
            zeros++;
            used = strlen(sign) + strlen(digits) + zeros
                   + (p->grouping ? (whole + zeros - 1) / by : 0);
        }
    }
    for (size_t i = 0; i < zeros + whole; i++) {
        const size_t left = zeros + whole - i;
        const char c = i < zeros ? '0' : digits[i - zeros];
        chars_add(e, &body, &c, 1);
        if (p->grouping && left > 1 && (left - 1) % by == 0)
            chars_add(e, &body, &p->grouping, 1);
    }
    chars_put(e, &body, digits + whole);
    if (p->align == '=' || fills) {
        struct spec inner = *p;
        inner.width -= (int64_t)strlen(sign);
        chars_put(e, &out, sign);
        put_padded(e, &out, &inner, body.s ? body.s : "", body.n, '>');
    } else {
        struct chars all = { 0 };
        chars_put(e, &all, sign);
        chars_add(e, &all, body.s ? body.s : "", body.n);
        put_padded(e, &out, p, all.s ? all.s : "", all.n, p->align ? p->align : '>');
    }
    return chars_value(e, &out);
}

static const char *sign_of(const struct spec *p, bool negative)
{
    return negative ? "-" : p->sign == '+' ? "+" : p->sign == ' ' ? " " : "";
}

static struct value format_int(struct eval *e, const struct spec *p, int64_t i)
{
    const uint64_t u = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
    char digits[80], *d = digits + sizeof digits;
    *--d = 0;
    const unsigned base = p->type == 'b'                     ? 2
                          : p->type == 'o'                   ? 8
                          : p->type == 'x' || p->type == 'X' ? 16
                                                             : 10;
    uint64_t left = u;
    do
        *--d = (p->type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[left % base];
    while (left /= base);
    const char *prefix = !p->alternate || base == 10 ? ""
                         : base == 2                 ? "0b"
                         : base == 8                 ? "0o"
                         : p->type == 'X'            ? "0X"
                                                     : "0x";
    return put_number(e, p, arena_printf(e->mem, "%s%s", sign_of(p, i < 0), prefix), d);
}

/* Without type: as repr, but at least one digit behind the point; else the C conversion that
 * Python's follows. */
static const char *float_digits(struct eval *e, const struct spec *p, double f)
{
    const char type = p->type;
    char *text;
    if (isnan(f) || isinf(f))
        return arena_printf(e->mem, "%s%s",
                            isnan(f) ? (isupper((unsigned char)type) ? "NAN" : "nan")
                            : isupper((unsigned char)type) ? "INF"
                                                           : "inf",
                            type == '%' ? "%" : "");
    if (!type && p->precision < 0)
        return float_repr(e, f);
    const int precision = p->precision < 0 ? 6 : (int)p->precision;
    if (type == '%')
        return arena_printf(e->mem, p->alternate ? "%#.*f%%" : "%.*f%%", precision, f * 100);
    if (type == 'f' || type == 'F')
        return arena_printf(e->mem, p->alternate ? "%#.*f" : "%.*f", precision, f);
    if (type == 'e' || type == 'E')
        return arena_printf(e->mem, type == 'e' ? p->alternate ? "%#.*e" : "%.*e" : "%.*E",
                            precision, f);
    const int significant = precision ? precision : 1;
    text = arena_printf(e->mem,
                        type == 'G'    ? "%.*G"
                        : p->alternate ? "%#.*g"
                                       : "%.*g",
                        significant, f);
    /* none with a precision: like g, but never without a point, and an exponent one digit earlier
     */
    if (!type) {
        char exact[64];
        snprintf(exact, sizeof exact, "%.*e", significant > 40 ? 40 : significant - 1, f);
        const int exponent = atoi(strchr(exact, 'e') + 1);
        if (exponent == significant - 1 && !strchr(text, '.'))
            return arena_printf(e->mem, "%.*e", significant - 1, f);
        if (!strpbrk(text, ".e"))
            text = arena_printf(e->mem, "%s.0", text);
    }
    return text;
}

static struct value format_float(struct eval *e, const struct spec *p, double f)
{
    return put_number(e, p, sign_of(p, signbit(f) && !isnan(f)), float_digits(e, p, fabs(f)));
}

static struct value format_string(struct eval *e, const struct spec *p, struct str *s)
{
    struct chars out = { 0 };
    if (p->precision >= 0 && p->precision < s->length)
        s = substring(e, s, 0, 1, p->precision);
    if (p->align == '=')
        raise_error(e, "ValueError", "'=' alignment not allowed in string format specifier");
    put_padded(e, &out, p, s->s, s->size, p->align ? p->align : '<');
    return chars_value(e, &out);
}

static int64_t digits_at(struct eval *e, const char **p, const char *end)
{
    int64_t n = 0;
    for (; *p < end && isdigit((unsigned char)**p); ++*p)
        if ((n = n * 10 + (**p - '0')) > WIDEST)
            raise_error(e, "ValueError", "Too many decimal digits in format string");
    return n;
}

static struct spec read_spec(struct eval *e, const char *s, size_t n, const char *type)
{
    struct spec p = { .fill = " ", .precision = -1 };
    const char *at = s, *end = s + n;
    int used = 1;
    if (at < end)
        code_at(at, &used);
    if (at + used < end && strchr("<>=^", at[used])) {
        memcpy(p.fill, at, (size_t)used);
        p.fill[used] = 0;
        p.align = at[used];
        at += used + 1;
    } else if (at < end && strchr("<>=^", *at)) {
        p.align = *at++;
    }
    if (at < end && strchr("+- ", *at))
        p.sign = *at++;
    if (at < end && *at == 'z')
        at++;
    if (at < end && *at == '#')
        p.alternate = at++ != NULL;
    if (at < end && *at == '0') {
        at++;
        if (!p.align) {
            p.zero = true;
            p.align = '=';
            strcpy(p.fill, "0");
        }
    }
    p.width = digits_at(e, &at, end);
    if (at < end && (*at == ',' || *at == '_'))
        p.grouping = *at++;
    if (at < end && *at == '.') {
        at++;
        if (at == end || !isdigit((unsigned char)*at))
            raise_error(e, "ValueError", "Format specifier missing precision");
        p.precision = digits_at(e, &at, end);
    }
    if (at < end)
        p.type = *at++;
    if (at != end)
        raise_error(e, "ValueError", "Invalid format specifier '%.*s' for object of type '%s'",
                    (int)n, s, type);
    return p;
}

static NORETURN void unknown_code(struct eval *e, char type, const char *of)
{
    raise_error(e, "ValueError", "Unknown format code '%c' for object of type '%s'", type, of);
}

struct value format_value(struct eval *e, struct value v, const char *spec, size_t n)
{
    if (v.kind == V_OBJECT) {
        const struct value f = special(e, v, e->n.__format__);
        if (f.kind != V_EMPTY)
            return call_n(e, f, e->at, 1, of_bytes_text(e, spec, n));
        if (v.object->base.kind != V_EMPTY && n)
            return format_value(e, v.object->base, spec, n);
    }
    if (v.kind == V_ARRAY && v.array->item && !v.array->shape.rank)
        v = array_list(e, v.array);
    if (!n)
        return of_str(str_of(e, v));
    const char *type = type_name(e, v);
    struct spec p = read_spec(e, spec, n, type);
    if (is_whole(v) && !(v.kind == V_BOOL && (!p.type || p.type == 's'))) {
        if (p.type == 'c') {
            struct chars c = { 0 };
            chars_code(e, &c, (uint32_t)v.i);
            return format_string(e, &p, chars_value(e, &c).s);
        }
        if (!p.type || strchr("bdoxXn", p.type)) {
            if (p.precision >= 0)
                raise_error(e, "ValueError", "Precision not allowed in integer format specifier");
            return format_int(e, &p, v.i);
        }
        if (!strchr("eEfFgG%", p.type))
            unknown_code(e, p.type, type);
        return format_float(e, &p, (double)v.i);
    }
    if (v.kind == V_FLOAT) {
        if (p.type && !strchr("eEfFgGn%", p.type))
            unknown_code(e, p.type, type);
        return format_float(e, &p, v.f);
    }
    if (v.kind == V_STRING || v.kind == V_BOOL) {
        if (p.type && p.type != 's')
            unknown_code(e, p.type, type);
        if (p.zero)
            p.align = '<';
        return format_string(e, &p, str_of(e, v));
    }
    raise_error(e, "TypeError", "unsupported format string passed to %s.__format__", type);
}

/* ---- "{}".format ---- */

static struct value field_attributes(struct eval *e, struct value v, const char *p, const char *end)
{
    while (p < end && v.kind != V_UNKNOWN) {
        const bool item = *p == '[';
        const char *from = ++p;
        while (p < end && (item ? *p != ']' : *p != '.' && *p != '['))
            p++;
        if (item) {
            bool whole = p > from;
            for (const char *q = from; q < p; q++)
                whole &= isdigit((unsigned char)*q) != 0;
            v = get_item(e, v,
                         whole ? of_int(atoll(from)) : of_bytes_text(e, from, (size_t)(p - from)),
                         NULL);
            p++;
        } else {
            struct str *name = str_intern(e, from, (size_t)(p - from));
            const struct value of = v;
            v = get_attribute(e, of, name, e->at);
            if (v.kind == V_EMPTY)
                raise_error(e, "AttributeError", "'%s' object has no attribute '%s'",
                            type_name(e, of), name->s);
        }
    }
    return v;
}

static struct value field_value(struct eval *e, struct args *a, const char *p, const char *end,
                                int *next)
{
    const char *stop = p;
    while (stop < end && *stop != '.' && *stop != '[')
        stop++;
    struct value v = EMPTY;
    bool whole = true;
    for (const char *q = p; q < stop; q++)
        whole &= isdigit((unsigned char)*q) != 0;
    if (whole) {
        if (stop == p ? *next < 0 : *next > 0)
            raise_error(
                e, "ValueError",
                stop == p
                    ? "cannot switch from manual field specification to automatic field numbering"
                    : "cannot switch from automatic field numbering to manual field specification");
        const int64_t i = stop == p ? (*next)++ : atoll(p);
        if (stop > p)
            *next = -1;
        if (i >= a->n)
            raise_error(e, "IndexError",
                        "Replacement index %lld out of range for positional args tuple",
                        (long long)i);
        v = a->v[i];
    } else {
        v = arg(e, a, -1, arena_copy(e->mem, p, (size_t)(stop - p)));
        if (v.kind == V_EMPTY)
            raise_value(e, new_exception(e, "KeyError", of_bytes_text(e, p, (size_t)(stop - p))));
    }
    return field_attributes(e, v, stop, end);
}

static struct value format_fields(struct eval *e, const char *p, const char *end, struct args *a,
                                  int *next, int depth)
{
    struct chars c = { 0 };
    for (; p < end; p++) {
        if ((*p == '{' || *p == '}') && p + 1 < end && p[1] == *p) {
            chars_add(e, &c, p++, 1);
            continue;
        }
        if (*p == '}')
            raise_error(e, "ValueError", "Single '}' encountered in format string");
        if (*p != '{') {
            chars_add(e, &c, p, 1);
            continue;
        }
        const char *from = ++p, *name_end = NULL;
        int open = 1;
        for (; p < end && open; p++) {
            if (!name_end && (*p == ':' || *p == '!'))
                name_end = p;
            open += *p == '{' ? 1 : *p == '}' ? -1 : 0;
        }
        if (open || depth > 2)
            raise_error(e, "ValueError",
                        depth > 2     ? "Max string recursion exceeded"
                        : from == end ? "Single '{' encountered in format string"
                                      : "expected '}' before end of string");
        p--;
        struct value v = field_value(e, a, from, name_end ? name_end : p, next);
        const char *spec = name_end ? name_end : p;
        if (spec < p && *spec == '!') {
            v = v.kind == V_UNKNOWN ? v : of_str(spec[1] == 's' ? str_of(e, v) : repr_of(e, v));
            spec += 2;
        }
        const struct value s = spec < p && *spec == ':'
                                   ? format_fields(e, spec + 1, p, a, next, depth + 1)
                                   : of_text(e, "");
        if (v.kind == V_UNKNOWN)
            return v;
        v = format_value(e, v, s.s->s, s.s->size);
        if (v.kind != V_STRING)
            return v;
        chars_add(e, &c, v.s->s, v.s->size);
    }
    return chars_value(e, &c);
}

struct value brace_format(struct eval *e, struct str *format, struct args *a)
{
    int next = 0;
    return format_fields(e, format->s, format->s + format->size, a, &next, 0);
}

/* ---- "%d" % x ---- */

static struct value next_percent(struct eval *e, struct value args, int64_t *next, bool *single)
{
    if (args.kind == V_TUPLE) {
        if (*next >= args.list->count)
            raise_error(e, "TypeError", "not enough arguments for format string");
        return args.list->item[(*next)++];
    }
    if (*single)
        raise_error(e, "TypeError", "not enough arguments for format string");
    *single = true;
    return args;
}

static struct value percent_field(struct eval *e, struct spec *p, struct value v)
{
    const char type = p->type;
    const bool left = p->align == '<';
    if (type == 's' || type == 'r' || type == 'a' || type == 'c') {
        struct str *s = type == 'r' || type == 'a' ? repr_of(e, v) : str_of(e, v);
        if (type == 'c' && is_whole(v)) {
            struct chars c = { 0 };
            chars_code(e, &c, (uint32_t)v.i);
            s = chars_value(e, &c).s;
        }
        p->align = left ? '<' : '>';
        strcpy(p->fill, " ");
        return format_string(e, p, s);
    }
    if (v.kind == V_ARRAY && v.array->item && !v.array->shape.rank)
        v = array_list(e, v.array);
    if (!is_number(v) && strchr("diuxXo", type))
        raise_error(e, "TypeError", "%%%c format: %s is required, not %s", type,
                    strchr("diu", type) ? "a real number" : "an integer", type_name(e, v));
    if (!is_number(v))
        raise_error(e, "TypeError", "must be real number, not %s", type_name(e, v));
    if (!strchr("diuxXoeEfFgG", type))
        raise_error(e, "ValueError", "unsupported format character '%c' (0x%x) at index 0", type,
                    (unsigned)type);
    p->align = left ? '<' : p->zero ? '=' : '>';
    strcpy(p->fill, p->zero && !left ? "0" : " ");
    p->zero = p->zero && !left;
    if (strchr("eEfFgG", type))
        return format_float(e, p, number(v));
    if (v.kind == V_FLOAT && fabs(v.f) > 9e18)
        raise_error(e, "OverflowError", "the number is past 64 bits");
    p->type = strchr("diu", type) ? 'd' : type;
    const int64_t i = v.kind == V_FLOAT ? (int64_t)v.f : v.i;
    if (p->precision > 0 && p->type == 'd') {
        const struct value digits = printed(e, "%s%0*lld", sign_of(p, i < 0), (int)p->precision,
                                            i < 0 ? -(long long)i : (long long)i);
        p->precision = -1;
        return format_string(e, p, digits.s);
    }
    return format_int(e, p, i);
}

/* What the % of a string is applied to, and how much of it is used up. */
struct percent {
    struct value args;
    int64_t next;
    bool single, mapped;
};

/* %(name): the value of that name; *at: on the parenthesis, then behind the closing one. */
static struct value percent_key(struct eval *e, const char **at, const char *end,
                                struct percent *args)
{
    const char *close = memchr(*at, ')', (size_t)(end - *at)), *name = *at + 1;
    if (!close)
        raise_error(e, "ValueError", "incomplete format key");
    if (args->args.kind != V_DICT)
        raise_error(e, "TypeError", "format requires a mapping");
    args->mapped = true;
    *at = close + 1;
    return get_item(e, args->args, of_bytes_text(e, name, (size_t)(close - name)), NULL);
}

/* Flags, width, precision and type; *at: behind the key, then on the type. */
static struct spec percent_spec(struct eval *e, const char **at, const char *end,
                                struct percent *args)
{
    struct spec spec = { .fill = " ", .precision = -1 };
    const char *p = *at;
    for (; p < end && strchr("-+ #0", *p); p++) {
        spec.align = *p == '-' ? '<' : spec.align;
        spec.sign = *p == '+' || (*p == ' ' && !spec.sign) ? *p : spec.sign;
        spec.alternate |= *p == '#';
        spec.zero |= *p == '0';
    }
    if (p < end && *p == '*') {
        spec.width = int_arg(e, next_percent(e, args->args, &args->next, &args->single));
        spec.align = spec.width < 0 ? '<' : spec.align;
        spec.width = spec.width < 0 ? -spec.width : spec.width;
        p++;
    } else {
        spec.width = digits_at(e, &p, end);
    }
    if (p < end && *p == '.') {
        p++;
        spec.precision = p < end && *p == '*'
                             ? int_arg(e, next_percent(e, args->args, &args->next, &args->single))
                             : digits_at(e, &p, end);
        p += p < end && *p == '*';
    }
    while (p < end && strchr("lhL", *p))
        p++;
    if (p >= end)
        raise_error(e, "ValueError", "incomplete format");
    spec.type = *p;
    *at = p;
    return spec;
}

struct value percent_format(struct eval *e, struct str *format, struct value args)
{
    struct chars c = { 0 };
    struct percent given = { .args = args };
    for (const char *p = format->s, *end = p + format->size; p < end; p++) {
        if (*p != '%') {
            chars_add(e, &c, p, 1);
            continue;
        }
        p++;
        struct value v = p < end && *p == '(' ? percent_key(e, &p, end, &given) : EMPTY;
        struct spec spec = percent_spec(e, &p, end, &given);
        if (spec.type == '%') {
            chars_put(e, &c, "%");
            continue;
        }
        if (v.kind == V_EMPTY)
            v = next_percent(e, args, &given.next, &given.single);
        if (v.kind == V_UNKNOWN)
            return unknown(e, "a string", e->at, v.unknown);
        v = percent_field(e, &spec, v);
        chars_add(e, &c, v.s->s, v.s->size);
    }
    if (!given.mapped
        && (args.kind == V_TUPLE ? given.next < args.list->count
                                 : !given.single && args.kind != V_DICT && args.kind != V_LIST))
        raise_error(e, "TypeError", "not all arguments converted during string formatting");
    return chars_value(e, &c);
}

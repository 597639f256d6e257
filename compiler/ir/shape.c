/* shape.c - shapes, and the element types with their bits. */
#include <math.h>
#include <string.h>

#include "ir.h"

static const struct {
    const char *name;
    size_t size;
} types[DTYPES] = {
    [F32] = { "float32", 4 }, [F16] = { "float16", 2 }, [BF16] = { "bfloat16", 2 },
    [F64] = { "float64", 8 }, [I8] = { "int8", 1 },     [I16] = { "int16", 2 },
    [I32] = { "int32", 4 },   [I64] = { "int64", 8 },   [U8] = { "uint8", 1 },
    [U16] = { "uint16", 2 },  [U32] = { "uint32", 4 },  [U64] = { "uint64", 8 },
    [BOOL] = { "bool", 1 },
};

struct shape shape_of(int rank, ...)
{
    if (rank < 0 || rank > MAX_RANK)
        bug("a shape of rank %d", rank);
    struct shape s = { .rank = rank };
    va_list args;
    va_start(args, rank);
    for (int i = 0; i < rank; i++)
        s.dim[i] = va_arg(args, int64_t);
    va_end(args);
    return s;
}

bool shape_equal(const struct shape *a, const struct shape *b)
{
    if (a->rank != b->rank)
        return false;
    for (int i = 0; i < a->rank; i++)
        if (a->dim[i] != b->dim[i])
            return false;
    return true;
}

int64_t shape_count(const struct shape *s)
{
    const int64_t most = (int64_t)1 << 40;
    int64_t n = 1;
    for (int i = 0; i < s->rank; i++)
        if (s->dim[i] == 0)
            return 0;
    for (int i = 0; i < s->rank; i++)
        if (s->dim[i] < 0 || !mul_checked(n, s->dim[i], &n) || n > most)
            return -1;
    return n;
}

const char *shape_text(struct arena *a, const struct shape *s)
{
    char line[MAX_RANK * 24 + 1] = "scalar";
    size_t n = 0;
    int first = s->rank > 1 ? 1 : 0;
    for (int i = first; i < s->rank; i++)
        n += (size_t)snprintf(line + n, sizeof line - n, "%s%lld", i > first ? " x " : "",
                              (long long)s->dim[i]);
    return arena_copy(a, line, strlen(line));
}

size_t dtype_size(enum dtype t)
{
    return types[t].size;
}

const char *dtype_name(enum dtype t)
{
    return types[t].name;
}

static double half_value(uint16_t h)
{
    int exponent = h >> 10 & 31, mantissa = h & 1023;
    double v = exponent == 31 ? (mantissa ? (double)NAN : (double)INFINITY)
               : exponent     ? ldexp(1024 + mantissa, exponent - 25)
                              : ldexp(mantissa, -24);
    return h & 0x8000 ? -v : v;
}

/* `v` in units of 2^-shift as the nearest whole number, ties to even; v >= 0 and the result below
 * 2^53. */
static double nearest_even(double v, int shift)
{
    double scaled = ldexp(v, shift), whole = floor(scaled), rest = scaled - whole;
    bool odd = fmod(whole, 2) != 0;
    return whole + (rest > 0.5 || (rest == 0.5 && odd));
}

/* Bits of a small float with `mantissa` bits after the point and a largest biased exponent of `top`
 * (all ones). */
static uint16_t small_bits(double value, int mantissa, int top)
{
    uint16_t sign = signbit(value) ? 0x8000 : 0;
    double v = fabs(value);
    unsigned infinite = (unsigned)top << mantissa;
    if (isnan(v))
        return (uint16_t)(sign | infinite | 1u << (mantissa - 1));
    if (isinf(v))
        return (uint16_t)(sign | infinite);
    if (v == 0)
        return sign;
    int exponent;
    frexp(v, &exponent); /* v = f * 2^exponent, f in [0.5, 1) */
    int biased = exponent - 1 + top / 2;
    if (biased < 1)
        biased = 1; /* subnormal: the units of exponent 1 */
    double units = nearest_even(v, mantissa - (biased - top / 2));
    if (biased >= top)
        return (uint16_t)(sign | infinite);
    /* The hidden bit adds one to the exponent field; a carry out of the mantissa does so again. */
    unsigned bits = ((unsigned)(biased - 1) << mantissa) + (unsigned)units;
    return (uint16_t)(sign | (bits > infinite ? infinite : bits));
}

double dtype_get(enum dtype t, const void *data, int64_t i)
{
    const unsigned char *p = (const unsigned char *)data + (size_t)i * types[t].size;
    union {
        float f;
        double d;
        int16_t i16;
        int32_t i32;
        int64_t i64;
        uint16_t u16;
        uint32_t u32;
        uint64_t u64;
    } v;
    memcpy(&v, p, types[t].size);
    switch (t) {
    case F32: return v.f;
    case F16: return half_value(v.u16);
    case BF16: v.u32 = (uint32_t)v.u16 << 16; return v.f;
    case F64: return v.d;
    case I8: return (int8_t)*p;
    case I16: return v.i16;
    case I32: return v.i32;
    case I64: return (double)v.i64;
    case U8: return *p;
    case U16: return v.u16;
    case U32: return v.u32;
    case U64: return (double)v.u64;
    case BOOL: return *p != 0;
    case DTYPES: break;
    }
    bug("an element of type %d", (int)t);
}

/* Out of range saturates, NaN becomes 0: the conversion has a meaning for every value. */
static int64_t whole(double v, double low, double high)
{
    if (isnan(v))
        return 0;
    return v <= low    ? (int64_t)low
           : v >= high ? (high >= 0x1p63 ? INT64_MAX : (int64_t)high)
                       : (int64_t)v;
}

static uint64_t natural(double v)
{
    return isnan(v) || v <= 0 ? 0 : v >= 0x1p64 ? UINT64_MAX : (uint64_t)v;
}

void dtype_set(enum dtype t, void *data, int64_t i, double value)
{
    unsigned char *p = (unsigned char *)data + (size_t)i * types[t].size;
    union {
        float f;
        double d;
        int8_t i8;
        int16_t i16;
        int32_t i32;
        int64_t i64;
        uint8_t u8;
        uint16_t u16;
        uint32_t u32;
        uint64_t u64;
    } v = { 0 };
    switch (t) {
    case F32: v.f = (float)value; break;
    case F16: v.u16 = small_bits(value, 10, 31); break;
    case BF16: v.u16 = small_bits(value, 7, 255); break;
    case F64: v.d = value; break;
    case I8: v.i8 = (int8_t)whole(value, INT8_MIN, INT8_MAX); break;
    case I16: v.i16 = (int16_t)whole(value, INT16_MIN, INT16_MAX); break;
    case I32: v.i32 = (int32_t)whole(value, INT32_MIN, INT32_MAX); break;
    case I64: v.i64 = whole(value, -0x1p63, 0x1p63); break;
    case U8: v.u8 = (uint8_t)whole(value, 0, UINT8_MAX); break;
    case U16: v.u16 = (uint16_t)whole(value, 0, UINT16_MAX); break;
    case U32: v.u32 = (uint32_t)whole(value, 0, UINT32_MAX); break;
    case U64: v.u64 = natural(value); break;
    case BOOL: v.u8 = value != 0; break;
    case DTYPES: bug("an element of type %d", (int)t);
    }
    memcpy(p, &v, types[t].size);
}

double dtype_round(enum dtype t, double value)
{
    unsigned char one[8];
    dtype_set(t, one, 0, value);
    return dtype_get(t, one, 0);
}

int64_t rows_of(const struct tensor *t)
{
    int64_t n = 1;
    for (int i = 0; i < t->shape.rank - 2; i++)
        n *= t->shape.dim[i];
    return n;
}

int64_t width_of(const struct tensor *t)
{
    return t->shape.rank >= 2 ? t->shape.dim[t->shape.rank - 2] : 1;
}

int64_t channels_of(const struct tensor *t)
{
    return t->shape.rank ? t->shape.dim[t->shape.rank - 1] : 1;
}

const struct tensor *memory_of(const struct tensor *t)
{
    while (t->view_of)
        t = t->view_of;
    return t;
}

/* A reshape lies contiguous, so its own shape says how; channels lie in the pixels of the wider
 * picture. */
int64_t pixel_stride(const struct tensor *t)
{
    while (t->view == VIEW_CHANNELS)
        t = t->view_of;
    return channels_of(t);
}

int64_t row_stride(const struct tensor *t)
{
    while (t->view == VIEW_CHANNELS)
        t = t->view_of;
    const int margins = t->view_of ? 0 : t->layout.left + t->layout.right;
    return (width_of(t) + margins) * channels_of(t);
}

bool is_contiguous(const struct tensor *t)
{
    for (; t->view_of; t = t->view_of)
        if (t->view == VIEW_CHANNELS)
            return false;
    return !t->layout.left && !t->layout.right
           && (t->layout.rows <= 0 || t->layout.rows >= rows_of(t));
}

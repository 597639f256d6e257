/* npy.c - NumPy's .npy (versions 1 to 3) and .npz, in and out. */
#include <stdlib.h>
#include <string.h>

#include "weights/weights.h"

static const struct {
    const char *code;
    enum dtype type;
} codes[] = {
    { "f4", F32 }, { "f2", F16 }, { "f8", F64 }, { "i1", I8 },  { "i2", I16 }, { "i4", I32 },
    { "i8", I64 }, { "u1", U8 },  { "u2", U16 }, { "u4", U32 }, { "u8", U64 }, { "b1", BOOL },
};
enum { NCODES = sizeof codes / sizeof codes[0] };
static const char magic[6] = { '\x93', 'N', 'U', 'M', 'P', 'Y' };

static bool is_little(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

/* The value behind 'key': in the header's dict. */
static const char *after_key(const char *header, const char *key)
{
    const char *p = strstr(header, key);
    if (!p)
        return NULL;
    p += strlen(key);
    while (*p == '\'' || *p == '"' || *p == ' ' || *p == ':')
        p++;
    return p;
}

static bool parse_type(const char *header, enum dtype *type, bool *swap)
{
    const char *p = strstr(header, "descr");
    p = p ? strchr(p, ':') : NULL;
    if (!p)
        return false;
    p += strspn(p, ": '\"");
    bool little = is_little();
    *swap = *p == '>' ? little : *p == '<' ? !little : false;
    if (*p == '<' || *p == '>' || *p == '|' || *p == '=')
        p++;
    for (int i = 0; i < NCODES; i++)
        if (strncmp(p, codes[i].code, 2) == 0 && (p[2] == '\'' || p[2] == '"')) {
            *type = codes[i].type;
            return true;
        }
    return false;
}

static bool parse_shape(const char *header, struct shape *shape)
{
    const char *p = after_key(header, "'shape'");
    if (!p || *p != '(')
        return false;
    *shape = (struct shape){ 0 };
    for (p++; *p != ')';) {
        p += strspn(p, " ,");
        if (*p == ')')
            break;
        int64_t n = 0;
        if (*p < '0' || *p > '9' || shape->rank == MAX_RANK)
            return false;
        for (; *p >= '0' && *p <= '9'; p++)
            if (!mul_checked(n, 10, &n) || !add_checked(n, *p - '0', &n))
                return false;
        p += *p == 'L'; /* as Python 2 wrote long numbers */
        shape->dim[shape->rank++] = n;
    }
    return true;
}

/* Copies elements, turning bytes round and Fortran's order into C's. */
static void copy_elements(const unsigned char *from, unsigned char *to, const struct array *a,
                          bool swap, bool fortran)
{
    size_t size = dtype_size(a->type);
    int64_t count = shape_count(&a->shape), index[MAX_RANK] = { 0 }, stride[MAX_RANK];
    if (!swap && !fortran) {
        memcpy(to, from, (size_t)count * size);
        return;
    }
    int64_t step = 1;
    for (int i = 0; i < a->shape.rank; i++) {
        int axis = fortran ? i : a->shape.rank - 1 - i;
        stride[axis] = step;
        step *= a->shape.dim[axis];
    }
    for (int64_t n = 0; n < count; n++) {
        int64_t at = 0;
        for (int i = 0; i < a->shape.rank; i++)
            at += index[i] * stride[i];
        for (size_t b = 0; b < size; b++)
            to[(size_t)n * size + b] = from[(size_t)at * size + (swap ? size - 1 - b : b)];
        for (int i = a->shape.rank - 1; i >= 0 && ++index[i] == a->shape.dim[i]; i--)
            index[i] = 0;
    }
}

static bool failed(const char **why, const char *what)
{
    *why = what;
    return false;
}

bool npy_parse(struct arena *a, const void *bytes, size_t size, struct array *to, const char **why)
{
    const unsigned char *p = bytes;
    if (size < 10 || memcmp(p, magic, sizeof magic) != 0)
        return failed(why, "it is not in npy form");
    if (p[6] < 1 || p[6] > 3)
        return failed(why, "its npy version is not 1, 2 or 3");
    size_t head = p[6] == 1 ? 10 : 12;
    if (size < head)
        return failed(why, "it is cut short");
    size_t length = p[8] | (size_t)p[9] << 8;
    if (p[6] > 1)
        length |= (size_t)p[10] << 16 | (size_t)p[11] << 24;
    if (length > size - head || length > 1 << 20)
        return failed(why, "it is cut short");
    const char *header = arena_copy(a, (const char *)p + head, length);
    bool swap = false;
    if (!parse_type(header, &to->type, &swap))
        return failed(why, "its elements are not plain numbers (float, int, bool)");
    if (!parse_shape(header, &to->shape))
        return failed(why, "its shape is not readable, or has more than 8 axes");
    const char *order = after_key(header, "'fortran_order'");
    bool fortran = order && strncmp(order, "True", 4) == 0;
    int64_t count = shape_count(&to->shape);
    size_t room = size - head - length;
    if (count < 0 || (uint64_t)count > room / dtype_size(to->type))
        return failed(why, "it is cut short: fewer elements than its shape says");
    to->data = arena_alloc(a, (size_t)count * dtype_size(to->type));
    copy_elements(p + head + length, to->data, to, swap, fortran);
    return true;
}

static bool read_npz(struct ctx *ctx, const char *path, struct array_list *to)
{
    const struct span nowhere = { NULL, 0, 0 };
    const char *why = NULL;
    struct packed *z = packed_open(path, &why);
    if (!z)
        return diag_error(&ctx->diags, nowhere, "cannot read '%s': %s", path, why);
    bool good = true;
    for (int i = 0; i < packed_count(z); i++) {
        const char *member = packed_name(z, i);
        size_t size = 0, n = strlen(member);
        struct array array = { 0 };
        if (!ends_with(member, ".npy"))
            continue;
        array.name = arena_copy(ctx->arena, member, n - 4);
        void *bytes = packed_read(z, i, MOST_BYTES, &size, &why);
        if (!bytes || !npy_parse(ctx->arena, bytes, size, &array, &why))
            good =
                diag_error(&ctx->diags, nowhere, "cannot read '%s' in '%s': %s", member, path, why);
        else
            APPEND(ctx->arena, to->item, to->count, array);
        free(bytes);
    }
    packed_close(z);
    if (good && to->count == 0)
        return diag_error(&ctx->diags, nowhere, "'%s' holds no arrays", path);
    return good;
}

bool npy_read(struct ctx *ctx, const char *path, struct array_list *to)
{
    const struct span nowhere = { NULL, 0, 0 };
    *to = (struct array_list){ 0 };
    struct source *s = file_read(ctx->arena, &ctx->diags, path);
    if (!s)
        return false;
    APPEND(ctx->arena, ctx->read_files, ctx->nread_files, s->name);
    if (s->size >= 2 && memcmp(s->text, "PK", 2) == 0)
        return read_npz(ctx, path, to);
    struct array array = { 0 };
    const char *why = NULL;
    if (!npy_parse(ctx->arena, s->text, s->size, &array, &why))
        return diag_error(&ctx->diags, nowhere, "cannot read '%s': %s", path, why);
    APPEND(ctx->arena, to->item, to->count, array);
    return true;
}

static void add_npy(struct text *t, const struct array *array)
{
    struct text header = { 0 };
    const char *code = NULL;
    enum dtype type = array->type == BF16 ? F32 : array->type; /* NumPy has no bfloat16 */
    for (int i = 0; i < NCODES; i++)
        if (codes[i].type == type)
            code = codes[i].code;
    size_t size = dtype_size(type);
    text_printf(&header, "{'descr': '%s%s', 'fortran_order': False, 'shape': (",
                size == 1 ? "|" : "<", code);
    for (int i = 0; i < array->shape.rank; i++)
        text_printf(&header, "%s%lld%s", i ? " " : "", (long long)array->shape.dim[i],
                    i + 1 < array->shape.rank || i == 0 ? "," : "");
    text_printf(&header, "), }");
    while ((header.n + 11) % 64 != 0)
        text_add(&header, " ", 1);
    text_add(&header, "\n", 1);
    text_add(t, magic, sizeof magic);
    char version[4] = { 1, 0, (char)(header.n & 255), (char)(header.n >> 8) };
    text_add(t, version, 4);
    text_add(t, header.s, header.n);
    text_free(&header);
    int64_t count = shape_count(&array->shape);
    if (type == array->type && is_little()) {
        text_add(t, array->data, (size_t)count * size);
        return;
    }
    for (int64_t i = 0; i < count; i++) {
        char element[8], turned[8];
        if (type == array->type)
            memcpy(element, (const char *)array->data + (size_t)i * size, size);
        else
            dtype_set(type, element, 0, dtype_get(array->type, array->data, i));
        for (size_t b = 0; b < size; b++)
            turned[b] = element[is_little() ? b : size - 1 - b];
        text_add(t, turned, size);
    }
}

bool npy_write(struct ctx *ctx, const char *path, const struct array_list *from)
{
    const struct span nowhere = { NULL, 0, 0 };
    if (!ends_with(path, ".npz")) {
        if (from->count != 1)
            return diag_error(&ctx->diags, nowhere, "'%s' can hold one array, not %d: write a .npz",
                              path, from->count);
        struct text t = { 0 };
        add_npy(&t, &from->item[0]);
        bool good = file_write(&ctx->diags, path, t.s, t.n);
        text_free(&t);
        return good;
    }
    struct text *members = NEW_ARRAY(ctx->arena, struct text, from->count + 1);
    const char **names = NEW_ARRAY(ctx->arena, const char *, from->count + 1);
    for (int i = 0; i < from->count; i++) {
        const char *name = from->item[i].name;
        names[i] = name ? arena_printf(ctx->arena, "%s.npy", name)
                        : arena_printf(ctx->arena, "arr_%d.npy", i);
        add_npy(&members[i], &from->item[i]);
    }
    bool good = packed_write(ctx, path, names, members, from->count);
    for (int i = 0; i < from->count; i++)
        text_free(&members[i]);
    return good;
}

/* ---- .npz as a file of weights ---- */

static bool load_nothing(struct weights_file *f, const struct found *item, float *to)
{
    (void)to;
    return weights_error(f, "'%s' has no bytes", item->where);
}

bool npz_open(struct weights_file *f)
{
    struct array_list list = { 0 };
    int errors = f->ctx->diags.errors;
    if (!read_npz(f->ctx, f->path, &list) && f->ctx->diags.errors > errors)
        return false;
    for (int i = 0; i < list.count; i++) {
        const struct array *array = &list.item[i];
        /* what a text takes by np.load() */
        if (strncmp(array->name, "constants/", 10) == 0)
            continue;
        weights_add_key(f, array->name,
                        (struct found){ .where = array->name,
                                        .shape = array->shape,
                                        .type = array->type,
                                        .bytes = array->data });
    }
    f->ordered = f->plain_keys = true;
    f->load = load_nothing;
    return true;
}

/* value.c - strings, lists, dicts: how the values of the language are stored. */
#include "cnn/eval.h"

#include <math.h>
#include <string.h>

/* ---- strings ---- */

static uint64_t hash_bytes(const char *s, size_t n)
{
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a: Fowler, Noll, Vo */
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 0x100000001b3u;
    return h;
}

static int64_t code_points(const char *s, size_t n)
{
    int64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)s[i] & 0xc0) != 0x80;
    return count;
}

static struct str *str_take(struct eval *e, const char *s, size_t n, uint64_t hash)
{
    struct str *r = NEW(e->mem, struct str);
    *r = (struct str){ .s = s, .size = n, .length = code_points(s, n), .hash = hash };
    return r;
}

struct str *str_new(struct eval *e, const char *s, size_t n)
{
    if (n > (size_t)MOST_ITEMS * 16)
        raise_error(e, "MemoryError", "a string of %zu bytes", n);
    return str_take(e, arena_copy(e->mem, s, n), n, hash_bytes(s, n));
}

static void grow_interned(struct eval *e)
{
    const size_t room = e->intern_room ? 2 * e->intern_room : 1024;
    struct str **now = NEW_ARRAY(e->mem, struct str *, room);
    for (size_t i = 0; i < e->intern_room; i++)
        if (e->interned[i]) {
            size_t at = e->interned[i]->hash & (room - 1);
            while (now[at])
                at = (at + 1) & (room - 1);
            now[at] = e->interned[i];
        }
    e->interned = now;
    e->intern_room = room;
}

struct str *str_intern(struct eval *e, const char *s, size_t n)
{
    if (2 * e->ninterned >= e->intern_room)
        grow_interned(e);
    const uint64_t h = hash_bytes(s, n);
    size_t at = h & (e->intern_room - 1);
    for (; e->interned[at]; at = (at + 1) & (e->intern_room - 1))
        if (e->interned[at]->hash == h && e->interned[at]->size == n
            && memcmp(e->interned[at]->s, s, n) == 0)
            return e->interned[at];
    struct str *r = str_take(e, arena_copy(e->mem, s, n), n, h);
    r->interned = true;
    e->ninterned++;
    return e->interned[at] = r;
}

struct str *intern(struct eval *e, const char *s)
{
    return str_intern(e, s, strlen(s));
}
struct value of_text(struct eval *e, const char *s)
{
    return of_str(str_new(e, s, strlen(s)));
}
struct value of_bytes_text(struct eval *e, const char *s, size_t n)
{
    return of_str(str_new(e, s, n));
}

struct value printed(struct eval *e, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, format, args);
    char *p = arena_alloc(e->mem, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(args);
    va_end(again);
    return of_str(str_take(e, p, (size_t)n, hash_bytes(p, (size_t)n)));
}

/* ---- text that grows ---- */

void chars_add(struct eval *e, struct chars *c, const char *s, size_t n)
{
    if (n > (size_t)MOST_ITEMS * 16 || c->n + n > (size_t)MOST_ITEMS * 16)
        raise_error(e, "MemoryError", "a string of %zu bytes", c->n + n);
    if (c->n + n + 1 > c->room) {
        size_t room = c->room ? c->room : 64;
        while (room < c->n + n + 1)
            room *= 2;
        c->s = arena_grow(e->mem, c->s, c->n, room);
        c->room = room;
    }
    memcpy(c->s + c->n, s, n);
    c->n += n;
    c->s[c->n] = 0;
}

void chars_put(struct eval *e, struct chars *c, const char *s)
{
    chars_add(e, c, s, strlen(s));
}

void chars_code(struct eval *e, struct chars *c, uint32_t code)
{
    char b[4];
    size_t n = 0;
    if (code < 0x80) {
        b[n++] = (char)code;
    } else if (code < 0x800) {
        b[n++] = (char)(0xc0 | code >> 6);
        b[n++] = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        b[n++] = (char)(0xe0 | code >> 12);
        b[n++] = (char)(0x80 | (code >> 6 & 63));
        b[n++] = (char)(0x80 | (code & 63));
    } else {
        b[n++] = (char)(0xf0 | code >> 18);
        b[n++] = (char)(0x80 | (code >> 12 & 63));
        b[n++] = (char)(0x80 | (code >> 6 & 63));
        b[n++] = (char)(0x80 | (code & 63));
    }
    chars_add(e, c, b, n);
}

struct value chars_value(struct eval *e, const struct chars *c)
{
    return of_str(c->s ? str_take(e, c->s, c->n, hash_bytes(c->s, c->n)) : intern(e, ""));
}

uint32_t code_at(const char *s, int *used)
{
    const unsigned char *p = (const unsigned char *)s;
    const int n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    uint32_t code = n == 1 ? p[0] : p[0] & (0x7fu >> n);
    *used = 1;
    for (int i = 1; i < n && (p[i] & 0xc0) == 0x80; i++, ++*used)
        code = code << 6 | (p[i] & 63);
    return code;
}

/* ---- lists ---- */

struct value new_list(struct eval *e, enum value_kind kind)
{
    return (struct value){ .kind = kind, .list = NEW(e->mem, struct list) };
}

static void list_room(struct eval *e, struct list *l)
{
    if (l->count < l->room)
        return;
    if (l->count >= MOST_ITEMS)
        raise_error(e, "MemoryError", "a list of more than %d items", MOST_ITEMS);
    const int64_t room = l->room ? 2 * l->room : 4;
    l->item = arena_grow(e->mem, l->item, (size_t)l->count * sizeof *l->item,
                         (size_t)room * sizeof *l->item);
    l->room = room;
}

void list_push(struct eval *e, struct list *l, struct value v)
{
    list_room(e, l);
    l->item[l->count++] = v;
}

void list_insert(struct eval *e, struct list *l, int64_t at, struct value v)
{
    list_room(e, l);
    memmove(l->item + at + 1, l->item + at, (size_t)(l->count - at) * sizeof *l->item);
    l->item[at] = v;
    l->count++;
}

struct value list_remove(struct list *l, int64_t at)
{
    const struct value v = l->item[at];
    memmove(l->item + at, l->item + at + 1, (size_t)(l->count - at - 1) * sizeof *l->item);
    l->count--;
    return v;
}

struct value pair(struct eval *e, struct value a, struct value b)
{
    struct value t = new_list(e, V_TUPLE);
    list_push(e, t.list, a);
    list_push(e, t.list, b);
    return t;
}

/* ---- hashes: equal values have equal ones ---- */

static uint64_t mix(uint64_t h)
{
    /* a multiplicative finalizer in the manner of MurmurHash3 */
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    return h;
}

static uint64_t hash_float(double f)
{
    if (f == floor(f) && fabs(f) < 9e18)
        return mix((uint64_t)(int64_t)f);
    uint64_t bits;
    memcpy(&bits, &f, sizeof bits);
    return mix(bits);
}

uint64_t hash_of(struct eval *e, struct value v)
{
    uint64_t h = 1;
    switch (v.kind) {
    case V_STRING:
    case V_BYTES: return v.s->hash;
    case V_BOOL:
    case V_INT: return mix((uint64_t)v.i);
    case V_FLOAT: return hash_float(v.f);
    case V_NONE:
    case V_ELLIPSIS:
    case V_NOT_IMPLEMENTED:
    case V_UNKNOWN:
    case V_EMPTY: return mix(v.kind);
    case V_TUPLE:
        for (int64_t i = 0; i < v.list->count; i++)
            h = mix(h * 31 + hash_of(e, v.list->item[i]));
        return h;
    case V_FROZENSET:
        for (int64_t i = 0; i < v.dict->used; i++)
            h += v.dict->entry[i].key.kind == V_EMPTY ? 0 : v.dict->entry[i].hash;
        return mix(h);
    case V_RANGE: return mix((uint64_t)(v.range->start * 31 + v.range->stop * 17 + v.range->step));
    case V_LIST:
    case V_DICT:
    case V_SET:
    case V_ARRAY: raise_error(e, "TypeError", "unhashable type: '%s'", type_name(e, v));
    case V_OBJECT: {
        const struct value f = special(e, v, e->n.__hash__);
        if (f.kind != V_EMPTY && f.kind != V_NONE) {
            const struct value r = call_n(e, f, e->at, 0);
            return is_whole(r) ? mix((uint64_t)r.i) : 0;
        }
        if (v.object->base.kind != V_EMPTY)
            return hash_of(e, v.object->base);
        return mix((uint64_t)(uintptr_t)v.object);
    }
    default: return mix((uint64_t)(uintptr_t)v.s);
    }
}

/* ---- dicts ---- */

enum { SMALL = 8 }; /* entries that are searched without an index */

struct value new_dict(struct eval *e, enum value_kind kind)
{
    struct value d = { .kind = kind, .dict = NEW(e->mem, struct dict) };
    d.dict->missing = EMPTY;
    return d;
}

static bool same_key(struct eval *e, const struct entry *n, struct value key, uint64_t hash)
{
    if (n->hash != hash || n->key.kind == V_EMPTY)
        return false;
    if (n->key.kind == key.kind && n->key.s == key.s && key.kind != V_FLOAT)
        return true;
    if (n->key.kind == V_STRING && key.kind == V_STRING)
        return n->key.s->size == key.s->size && memcmp(n->key.s->s, key.s->s, key.s->size) == 0;
    return equal_values(e, n->key, key) == 1;
}

/* The entry, or -1. */
static int64_t find(struct eval *e, const struct dict *d, struct value key, uint64_t hash)
{
    if (!d->index) {
        for (int64_t i = 0; i < d->used; i++)
            if (same_key(e, &d->entry[i], key, hash))
                return i;
        return -1;
    }
    for (uint64_t at = hash & (uint64_t)(d->slots - 1); d->index[at];
         at = (at + 1) & (uint64_t)(d->slots - 1))
        if (same_key(e, &d->entry[d->index[at] - 1], key, hash))
            return d->index[at] - 1;
    return -1;
}

static void index_entry(struct dict *d, int64_t i)
{
    uint64_t at = d->entry[i].hash & (uint64_t)(d->slots - 1);
    while (d->index[at])
        at = (at + 1) & (uint64_t)(d->slots - 1);
    d->index[at] = (int32_t)(i + 1);
}

/* Drops deleted entries and makes room for more. */
static void rebuild(struct eval *e, struct dict *d)
{
    const int64_t room = d->count < SMALL ? SMALL : 2 * d->count;
    struct entry *now = NEW_ARRAY(e->mem, struct entry, room);
    int64_t n = 0;
    if (d->count >= MOST_ITEMS)
        raise_error(e, "MemoryError", "a dict of more than %d items", MOST_ITEMS);
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.kind != V_EMPTY)
            now[n++] = d->entry[i];
    d->entry = now;
    d->used = n;
    d->room = room;
    d->index = NULL;
    if (room <= SMALL)
        return;
    for (d->slots = 16; d->slots < 2 * room; d->slots *= 2) {
    }
    d->index = NEW_ARRAY(e->mem, int32_t, d->slots);
    for (int64_t i = 0; i < n; i++)
        index_entry(d, i);
}

static void add_entry(struct eval *e, struct dict *d, struct value key, struct value v,
                      uint64_t hash)
{
    if (d->used == d->room)
        rebuild(e, d);
    d->entry[d->used++] = (struct entry){ key, v, hash };
    d->count++;
    if (d->index)
        index_entry(d, d->used - 1);
}

struct value dict_get(struct eval *e, const struct dict *d, struct value key)
{
    const int64_t i = find(e, d, key, hash_of(e, key));
    return i < 0 ? EMPTY : d->entry[i].value;
}

void dict_set(struct eval *e, struct dict *d, struct value key, struct value v)
{
    const uint64_t hash = hash_of(e, key);
    const int64_t i = find(e, d, key, hash);
    if (i >= 0)
        d->entry[i].value = v;
    else
        add_entry(e, d, key, v, hash);
}

bool dict_remove(struct eval *e, struct dict *d, struct value key, struct value *old)
{
    const int64_t i = find(e, d, key, hash_of(e, key));
    if (i < 0)
        return false;
    if (old)
        *old = d->entry[i].value;
    /* keeps its hash, so that searches go on behind it */
    d->entry[i].key = EMPTY;
    d->count--;
    return true;
}

static int64_t find_name(const struct dict *d, const struct str *name)
{
    if (!d->index) {
        for (int64_t i = 0; i < d->used; i++)
            if (d->entry[i].key.s == name && d->entry[i].key.kind == V_STRING)
                return i;
        for (int64_t i = 0; i < d->used; i++) /* a key that is not interned */
            if (d->entry[i].hash == name->hash && d->entry[i].key.kind == V_STRING
                && !d->entry[i].key.s->interned && strcmp(d->entry[i].key.s->s, name->s) == 0)
                return i;
        return -1;
    }
    for (uint64_t at = name->hash & (uint64_t)(d->slots - 1); d->index[at];
         at = (at + 1) & (uint64_t)(d->slots - 1)) {
        const struct entry *n = &d->entry[d->index[at] - 1];
        if (n->key.kind == V_STRING
            && (n->key.s == name || (n->hash == name->hash && strcmp(n->key.s->s, name->s) == 0)))
            return d->index[at] - 1;
    }
    return -1;
}

struct value dict_name(const struct dict *d, const struct str *name)
{
    const int64_t i = find_name(d, name);
    return i < 0 ? EMPTY : d->entry[i].value;
}

void dict_set_name(struct eval *e, struct dict *d, struct str *name, struct value v)
{
    const int64_t i = find_name(d, name);
    if (i >= 0)
        d->entry[i].value = v;
    else
        add_entry(e, d, of_str(name), v, name->hash);
}

struct dict *dict_copy(struct eval *e, const struct dict *d)
{
    struct dict *c = NEW(e->mem, struct dict);
    c->missing = d->missing;
    c->counter = d->counter;
    dict_update(e, c, d);
    return c;
}

void dict_update(struct eval *e, struct dict *to, const struct dict *from)
{
    for (int64_t i = 0; i < from->used; i++)
        if (from->entry[i].key.kind != V_EMPTY)
            dict_set(e, to, from->entry[i].key, from->entry[i].value);
    to->open = to->open ? to->open : from->open;
}

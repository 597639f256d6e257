/* base.h - what every part of cnnc stands on: memory arenas, diagnostics, text, files. */
#ifndef CNNC_BASE_H
#define CNNC_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if defined __GNUC__
#define PRINTF_LIKE(string, first) __attribute__((format(printf, string, first)))
#define NORETURN __attribute__((noreturn))
#else
#define PRINTF_LIKE(string, first)
#define NORETURN
#endif

/* ---- arena.c: memory that lives as long as one compilation ----------------------------------- */

struct arena;

/* limit: most bytes it may hand out; 0: no limit */
struct arena *arena_new(size_t limit);
void arena_set_limit(struct arena *a, size_t limit); /* as in arena_new */
void arena_free(struct arena *a);                    /* and all that came from it */
/* zeroed, aligned to 16; past the limit: ends with exit 1 */
void *arena_alloc(struct arena *a, size_t size);
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size);
/* Frees an object of more than 16 KB at once; smaller ones, and what is none, stay. Nobody may hold
 * a pointer into it. */
void arena_give_back(struct arena *a, void *p, size_t size);
char *arena_copy(struct arena *a, const char *s, size_t n); /* n bytes and a NUL */
char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
size_t arena_used(const struct arena *a);

#define NEW(a, type) ((type *)arena_alloc(a, sizeof(type)))
#define NEW_ARRAY(a, type, n) ((type *)arena_alloc(a, (size_t)(n) * sizeof(type)))

/* Appends to an array that lives in an arena: room doubles at powers of two. */
#define APPEND(a, array, count, item) \
    ((((count) & ((count) - 1)) == 0 ? (void)((array) = arena_grow((a), (array), (size_t)(count) \
        * sizeof *(array), \
      (size_t)((count) ? 2 * (count) : 1) * sizeof *(array))) : (void)0), \
          (void)((array)[(count)++] = (item)))

/* ---- text.c: a growing string (heap, text_free) ---------------------------------------------- */

/* s is NUL-terminated once anything was added */
struct text {
    char *s;
    size_t n, room;
};

void text_add(struct text *t, const char *s, size_t n);
void text_printf(struct text *t, const char *format, ...) PRINTF_LIKE(2, 3);
void text_free(struct text *t);
/* the likeliest meant, or NULL */
const char *nearest(const char *word, const char *const *words, int count);
int edit_distance(const char *a, const char *b, int limit);
/* false where the result does not fit */
bool add_checked(int64_t a, int64_t b, int64_t *sum);
bool mul_checked(int64_t a, int64_t b, int64_t *product);

/* ---- names.c: names to pointers -------------------------------------------------------------- */

struct name_entry {
    const char *name;
    void *value;
};
struct name_table {
    struct name_entry *slot;
    size_t room, count;
}; /* all zero: empty */

void *names_get(const struct name_table *n, const char *name); /* NULL: not there */
/* keeps `name`, replaces an older value */
void names_put(struct arena *a, struct name_table *n, const char *name, void *value);
/* A set of names for numbering: base, base_1, base_2. names_free: the first that nobody took. */
const char *names_free(struct arena *a, struct name_table *n, const char *base);
void names_take(struct arena *a, struct name_table *n, const char *name);

/* ---- diag.c: messages with carets ------------------------------------------------------------ */

struct source {       /* one input file; text may hold any bytes */
    const char *name; /* as the user wrote it */
    const char *text;
    size_t size;
};

struct span { /* a place: bytes [start, end) of a source; source NULL: no place */
    const struct source *source;
    size_t start, end;
};

enum severity { ERROR, WARNING, NOTE };

struct diags {
    FILE *to;          /* stderr, or NULL to keep silent */
    bool color, quiet; /* quiet: no warnings and notes */
    bool werror;       /* -Werror: warnings count as errors */
    int errors, warnings;
    int limit;        /* errors shown, 20 */
    struct text *log; /* all messages as text, for tests; or NULL */
};

/* Prints `file:line:col: error: ...`, the source line and a caret. Returns false, so a caller can
 * return it. */
bool diag_error(struct diags *d, struct span at, const char *format, ...) PRINTF_LIKE(3, 4);
void diag_warning(struct diags *d, struct span at, const char *format, ...) PRINTF_LIKE(3, 4);
void diag_note(struct diags *d, struct span at, const char *format, ...) PRINTF_LIKE(3, 4);
void diag_at(struct diags *d, enum severity s, struct span at, const char *format, va_list args);
void span_position(struct span at, int *line, int *column); /* both from 1 */
/* the system's fault or a limit: exit 1 */
void die(const char *format, ...) NORETURN PRINTF_LIKE(1, 2);
void bug(const char *format, ...) NORETURN PRINTF_LIKE(1, 2); /* cnnc's own fault: exit 3 */

/* ---- file.c ---------------------------------------------------------------------------------- */

/* Reads a whole file into a fresh source (text has a NUL after it). NULL after an error was
 * reported. */
struct source *file_read(struct arena *a, struct diags *d, const char *path);
/* Writes by a temporary file and rename, so a failed run leaves nothing; path "-" is standard
 * output. */
bool file_write(struct diags *d, const char *path, const void *bytes, size_t n);
struct file_part { /* a piece of a file that is not copied together first */
    const void *bytes;
    size_t size;
    /* what is written for it; NULL: the bytes as they are */
    bool (*print)(FILE *f, const void *bytes, size_t size);
};
bool file_write_parts(struct diags *d, const char *path, const struct file_part *parts, int count);
const char *path_stem(struct arena *a, const char *path); /* "a/b.c" gives "b" */
const char *path_base(const char *path);                  /* "a/b.c" gives "b.c" */
/* name in file's directory */
const char *path_beside(struct arena *a, const char *file, const char *name);
bool ends_with(const char *s, const char *end);

/* ---- what one compilation carries ------------------------------------------------------------ */

struct named_value {
    const char *name, *value;
};

struct options {
    const char *model, *output, *name, *weights, *target, *arena, *weights_as, *byte_order, *init,
        *optimize, *kernel;
    const char *dump, *report[8], *eval, *input_file, *expect, *model_name, *call, *output_layer,
        *depfile;
    uint64_t seed;
    int nreport;
    /* --set NAME=VALUE, --input-shape [NAME=]d,d,d (name NULL: the first) */
    struct named_value *set, *input_shape;
    struct named_value *lambda; /* --lambda LAYER=EXPRESSION */
    /* --dim NAME=N, --const-input NAME=FILE.npy or values */
    struct named_value *dim, *const_input;
    const char **module_path;
    int nmodule_path; /* further directories of modules */
    int nset, ninput_shape, nlambda, ndim, nconst_input;
    /* "nchw" or "nhwc" of an ONNX model's pictures in the API, name NULL: of all; the last counts
     */
    struct named_value *input_layout, *output_layout;
    int ninput_layout, noutput_layout;
    uint64_t max_memory; /* bytes; 0: no limit of the user's */
    double rtol, atol;
    int threads; /* of the emitted pass; 0 and 1: one */
    const char *tune_file;
    double tune_seconds; /* of --tune */
    bool tune;           /* measure what the file does not hold */
    bool exact;          /* no kernel that computes sums in another way */
    bool verify, verify_layers, list_ops, check, verbose, make_depfile, werror, quiet;
};

/* Is `what` ("time", "ram", "size") what counts most? */
bool optimizes(const struct options *o, const char *what);

struct target;

struct ctx {
    struct arena *arena;
    const struct target *target; /* of --target; cost models read it */
    struct diags diags;
    struct options options;
    const char **read_files;
    int nread_files; /* every file read, for -MD */
};

#endif

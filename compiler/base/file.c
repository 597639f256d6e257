/* file.c - whole files in and out, and the parts of their names. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base.h"

static const struct span nowhere = { NULL, 0, 0 };

/* The stream's bytes to the end; `expected` is a guess, so that pipes work as well and large files
 * are read once. */
static bool read_all(FILE *f, struct arena *a, size_t expected, struct source *to)
{
    size_t room = expected + 1, n = 0, more;
    char *bytes = arena_alloc(a, room + 1);
    while ((more = fread(bytes + n, 1, room - n, f)) > 0) {
        n += more;
        if (n < room)
            continue;
        bytes = arena_grow(a, bytes, n, 2 * room + 1);
        room *= 2;
    }
    bytes[n] = 0;
    to->text = bytes;
    to->size = n;
    return !ferror(f);
}

struct source *file_read(struct arena *a, struct diags *d, const char *path)
{
    struct stat info;
    bool standard = strcmp(path, "-") == 0;
    if (!standard && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        diag_error(d, nowhere, "cannot read '%s': it is a directory", path);
        return NULL;
    }
    errno = 0;
    FILE *f = standard ? stdin : fopen(path, "rb");
    if (!f) {
        diag_error(d, nowhere, "cannot read '%s': %s", path, strerror(errno));
        return NULL;
    }
    struct source *s = NEW(a, struct source);
    const size_t expected =
        !standard && fstat(fileno(f), &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0
            ? (size_t)info.st_size
            : 1 << 14;
    const bool good = read_all(f, a, expected, s);
    const int why = errno;
    if (!standard)
        fclose(f);
    s->name = standard ? "<stdin>" : arena_copy(a, path, strlen(path));
    if (!good)
        diag_error(d, nowhere, "cannot read '%s': %s", path, strerror(why));
    return good ? s : NULL;
}

static bool cannot_write(struct diags *d, const char *path, int why)
{
    return diag_error(d, nowhere, "cannot write '%s': %s", path, strerror(why ? why : EIO));
}

static bool write_stream(FILE *f, const struct file_part *parts, int count)
{
    for (int i = 0; i < count; i++)
        if (parts[i].print
                ? !parts[i].print(f, parts[i].bytes, parts[i].size)
                : parts[i].size && fwrite(parts[i].bytes, 1, parts[i].size, f) != parts[i].size)
            return false;
    return fflush(f) == 0;
}

/* A temporary file beside `path` gets the bytes, then its name. */
static int replace_file(const char *path, const struct file_part *parts, int count)
{
    size_t length = strlen(path);
    char *temporary = malloc(length + 8);
    if (!temporary)
        die("out of memory");
    memcpy(temporary, path, length);
    memcpy(temporary + length, ".XXXXXX", 8);
    errno = 0;
    int why = 0;
    int handle = mkstemp(temporary);
    if (handle < 0) {
        why = errno;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        fchmod(handle, 0666 & ~mask); /* mkstemp gives 0600 */
        FILE *f = fdopen(handle, "wb");
        if (!f) {
            why = errno;
            close(handle);
        } else {
            bool good = write_stream(f, parts, count);
            why = good ? 0 : errno ? errno : EIO;
            if (fclose(f) != 0 && !why)
                why = errno ? errno : EIO;
        }
        if (!why && rename(temporary, path) != 0)
            why = errno;
        if (why)
            remove(temporary);
    }
    free(temporary);
    return why;
}

bool file_write_parts(struct diags *d, const char *path, const struct file_part *parts, int count)
{
    int why = 0;
    struct stat info;
    errno = 0;
    if (strcmp(path, "-") == 0) {
        why = write_stream(stdout, parts, count) ? 0 : errno ? errno : EIO;
    } else if (stat(path, &info) == 0
               && !S_ISREG(info.st_mode)) { /* /dev/null, a pipe: no rename over them */
        FILE *f = fopen(path, "wb");
        if (!f)
            return cannot_write(d, path, errno);
        why = write_stream(f, parts, count) ? 0 : errno ? errno : EIO;
        if (fclose(f) != 0 && !why)
            why = errno;
    } else {
        why = replace_file(path, parts, count);
    }
    return why ? cannot_write(d, path, why) : true;
}

bool file_write(struct diags *d, const char *path, const void *bytes, size_t n)
{
    const struct file_part whole = { .bytes = bytes, .size = n };
    return file_write_parts(d, path, &whole, 1);
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_stem(struct arena *a, const char *path)
{
    const char *base = path_base(path), *dot = strrchr(base, '.');
    return arena_copy(a, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

const char *path_beside(struct arena *a, const char *file, const char *name)
{
    const char *base = path_base(file);
    if (name[0] == '/' || base == file)
        return arena_copy(a, name, strlen(name));
    return arena_printf(a, "%.*s%s", (int)(base - file), file, name);
}

bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && memcmp(s + n - m, end, m) == 0;
}

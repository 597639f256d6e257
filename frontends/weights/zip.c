/* zip.c - members of zip archives, by libzip: .keras and .npz. */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "weights/weights.h"

enum { MOST_MEMBERS = 100000, BEST_RATIO = 1100 }; /* deflate packs at most about 1030 to 1 */

struct packed {
    struct zip *archive;
    int count;
};

struct packed *packed_open(const char *path, const char **why)
{
    int code = 0;
    struct zip *archive = zip_open(path, ZIP_RDONLY, &code);
    if (!archive) {
        *why = code == ZIP_ER_NOENT ? "no such file" : "it is a damaged zip archive";
        return NULL;
    }
    zip_int64_t n = zip_get_num_entries(archive, 0);
    if (n < 0 || n > MOST_MEMBERS) {
        *why = "it is a zip archive of too many members";
        zip_discard(archive);
        return NULL;
    }
    struct packed *z = malloc(sizeof *z);
    if (!z)
        die("out of memory");
    *z = (struct packed){ archive, (int)n };
    return z;
}

int packed_count(struct packed *z)
{
    return z->count;
}

const char *packed_name(struct packed *z, int i)
{
    const char *name = zip_get_name(z->archive, (zip_uint64_t)i, 0);
    return name ? name : "";
}

void *packed_read(struct packed *z, int i, size_t most, size_t *size, const char **why)
{
    struct zip_stat info;
    const zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    *why = "it is damaged";
    if (zip_stat_index(z->archive, (zip_uint64_t)i, 0, &info) != 0
        || (info.valid & wanted) != wanted)
        return NULL;
    if (info.size / BEST_RATIO > info.comp_size + 64 || info.size > most) {
        *why = "its size is not believable";
        return NULL;
    }
    zip_file_t *member = zip_fopen_index(z->archive, (zip_uint64_t)i, 0);
    if (!member) {
        *why = "it is damaged, encrypted, or packed in an unknown way";
        return NULL;
    }
    char *bytes = malloc(info.size + 1);
    if (!bytes)
        die("out of memory: %llu bytes for a member of a zip archive",
            (unsigned long long)info.size);
    zip_uint64_t n = 0;
    while (n < info.size) {
        zip_int64_t got = zip_fread(member, bytes + n, info.size - n);
        if (got <= 0)
            break;
        n += (zip_uint64_t)got;
    }
    char beyond;
    /* reading to the end checks the CRC */
    bool whole = n == info.size && zip_fread(member, &beyond, 1) == 0;
    zip_fclose(member);
    if (!whole) {
        *why = "it is damaged: its bytes do not agree with their check sum";
        free(bytes);
        return NULL;
    }
    *size = (size_t)n;
    *why = NULL;
    return bytes;
}

void packed_close(struct packed *z)
{
    zip_discard(z->archive);
    free(z);
}

/* Adds a stored member with a fixed time, so that equal arrays give equal files. */
static bool add_member(struct zip *archive, const char *name, const struct text *bytes)
{
    zip_source_t *source = zip_source_buffer(archive, bytes->s, bytes->n, 0);
    if (!source)
        return false;
    zip_int64_t i = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    if (i < 0) {
        zip_source_free(source);
        return false;
    }
    const zip_uint16_t first_day = 1 << 5 | 1; /* 1 January 1980 */
    return zip_set_file_compression(archive, (zip_uint64_t)i, ZIP_CM_STORE, 0) == 0
           && zip_file_set_dostime(archive, (zip_uint64_t)i, 0, first_day, 0) == 0;
}

bool packed_write(struct ctx *ctx, const char *path, const char *const *names,
                  const struct text *members, int count)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *image = zip_source_buffer_create(NULL, 0, 0, &error);
    struct zip *archive = image ? zip_open_from_source(image, ZIP_TRUNCATE, &error) : NULL;
    if (!archive)
        die("cannot make a zip archive: %s", zip_error_strerror(&error));
    zip_source_keep(image);
    bool good = true;
    for (int i = 0; i < count && good; i++)
        good = add_member(archive, names[i], &members[i]);
    if (!good || zip_close(archive) != 0)
        die("cannot make the zip archive '%s': %s", path, zip_strerror(archive));
    zip_stat_t info;
    if (zip_source_stat(image, &info) != 0 || zip_source_open(image) != 0)
        die("cannot make the zip archive '%s'", path);
    char *bytes = malloc(info.size ? info.size : 1);
    if (!bytes || zip_source_read(image, bytes, info.size) != (zip_int64_t)info.size)
        die("cannot make the zip archive '%s'", path);
    zip_source_close(image);
    zip_source_free(image);
    good = file_write(&ctx->diags, path, bytes, info.size);
    free(bytes);
    return good;
}

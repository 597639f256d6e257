/*
 * hdf5.c - Keras' HDF5 files, into a tree of layers.
 *
 * Keras 3 and tf.keras 2.12+ ("v3"): a model's group holds `layers` (formerly
 * `_layer_checkpoint_dependencies`) with a group for each layer, called by its class and a number;
 * arrays are `vars/0`, `vars/1`, ...; the attribute `name` of `vars` is the layer's name. A layer
 * made of others (LSTM, MultiHeadAttention) has further groups (`cell/vars/0`). Keras 1 and 2 (and
 * Keras 3's `.h5`): attribute `layer_names`; for each a group with the attribute `weight_names`.
 */
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

#include "weights/weights.h"

enum { DEEPEST = 32, MOST_LINKS = 200000, MOST_STRING = 1 << 24 };

struct h5 {
    hid_t file;
    int links; /* seen so far: hard links may form circles */
};

struct names {
    const char **item;
    int count;
};

/* ---- groups and attributes ---- */

static herr_t add_name(hid_t group, const char *name, const H5L_info_t *info, void *to)
{
    (void)group;
    (void)info;
    struct {
        struct arena *arena;
        struct names *names;
    } *list = to;
    if (list->names->count >= MOST_LINKS)
        return -1;
    const char *copy = arena_copy(list->arena, name, strlen(name));
    APPEND(list->arena, list->names->item, list->names->count, copy);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return natural_order(*(const char *const *)a, *(const char *const *)b);
}

/* Names of a group's members, "2" before "10". */
static struct names members(struct weights_file *f, hid_t group)
{
    struct names names = { 0 };
    struct {
        struct arena *arena;
        struct names *names;
    } to = { f->ctx->arena, &names };
    hsize_t start = 0;
    if (H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &start, add_name, &to) < 0)
        names.count = 0;
    if (names.count)
        qsort(names.item, (size_t)names.count, sizeof *names.item, by_name);
    return names;
}

/* Opens a member that lies in this file itself: links to other files are not followed. Negative:
 * none such. */
static hid_t open_member(hid_t group, const char *name, H5I_type_t type)
{
    H5L_info_t link;
    if (!*name || H5Lget_info(group, name, &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD)
        return -1;
    hid_t id = H5Oopen(group, name, H5P_DEFAULT);
    if (id >= 0 && H5Iget_type(id) != type) {
        H5Oclose(id);
        return -1;
    }
    return id;
}

/* A path such as "conv2d/kernel:0", link by link. */
static hid_t open_path(hid_t group, const char *path, H5I_type_t type)
{
    char part[1024];
    H5Iinc_ref(group);
    for (int depth = 0; depth < DEEPEST; depth++) {
        path += strspn(path, "/");
        size_t n = strcspn(path, "/");
        if (n >= sizeof part)
            break;
        memcpy(part, path, n);
        part[n] = '\0';
        path += n;
        bool last = path[strspn(path, "/")] == '\0';
        hid_t next = open_member(group, part, last ? type : H5I_GROUP);
        H5Idec_ref(group);
        if (next < 0 || last)
            return next;
        group = next;
    }
    H5Idec_ref(group);
    return -1;
}

static void add_variable_strings(struct arena *a, hid_t attribute, hid_t type, hid_t space,
                                 size_t n, struct names *to)
{
    char **list = calloc(n, sizeof *list);
    if (!list)
        die("out of memory");
    if (H5Aread(attribute, type, list) >= 0) {
        for (size_t i = 0; i < n; i++) {
            const char *s = list[i] ? list[i] : "";
            s = arena_copy(a, s, strlen(s));
            APPEND(a, to->item, to->count, s);
        }
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, list);
    }
    free(list);
}

static void add_fixed_strings(struct arena *a, hid_t attribute, hid_t type, size_t n,
                              struct names *to)
{
    size_t size = H5Tget_size(type);
    if (size == 0 || size > MOST_STRING / n)
        return;
    char *bytes = calloc(n, size);
    if (!bytes)
        die("out of memory");
    if (H5Aread(attribute, type, bytes) >= 0)
        for (size_t i = 0; i < n; i++) {
            const char *start = bytes + i * size, *end = memchr(start, '\0', size);
            const char *s = arena_copy(a, start, end ? (size_t)(end - start) : size);
            APPEND(a, to->item, to->count, s);
        }
    free(bytes);
}

/* Appends the strings of an attribute; false where there is none of that name. */
static bool add_strings(struct arena *a, hid_t object, const char *name, struct names *to)
{
    if (H5Aexists(object, name) <= 0)
        return false;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute < 0)
        return false;
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    hssize_t n = space >= 0 ? H5Sget_simple_extent_npoints(space) : 0;
    if (type >= 0 && H5Tget_class(type) == H5T_STRING && n > 0 && n < MOST_LINKS) {
        if (H5Tis_variable_str(type) > 0)
            add_variable_strings(a, attribute, type, space, (size_t)n, to);
        else
            add_fixed_strings(a, attribute, type, (size_t)n, to);
    }
    if (type >= 0)
        H5Tclose(type);
    if (space >= 0)
        H5Sclose(space);
    H5Aclose(attribute);
    return true;
}

/* A list of names; Keras cuts long ones into name0, name1, ... */
static bool string_list(struct arena *a, hid_t object, const char *name, struct names *to)
{
    *to = (struct names){ 0 };
    if (add_strings(a, object, name, to))
        return true;
    bool any = false;
    for (int i = 0; i < MOST_LINKS && add_strings(a, object, arena_printf(a, "%s%d", name, i), to);
         i++)
        any = true;
    return any;
}

/* ---- arrays ---- */

static bool read_extent(hid_t set, struct shape *shape)
{
    hid_t space = H5Dget_space(set);
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    hsize_t dims[H5S_MAX_RANK];
    bool good = rank >= 0 && rank <= MAX_RANK && H5Sget_simple_extent_type(space) != H5S_NULL
                && H5Sget_simple_extent_dims(space, dims, NULL) == rank;
    for (int i = 0; good && i < rank; i++) {
        good = dims[i] <= INT64_MAX;
        shape->dim[i] = (int64_t)dims[i];
    }
    shape->rank = good ? rank : 0;
    if (space >= 0)
        H5Sclose(space);
    return good && shape_count(shape) >= 0;
}

/* Adds dataset `name` of `group`, which the file calls `where`. */
static bool add_array(struct weights_file *f, struct layer_node *node, hid_t group,
                      const char *name, const char *where)
{
    struct found item = { .name = name, .where = where, .type = F32 };
    hid_t set = open_path(group, name, H5I_DATASET);
    if (set < 0)
        return weights_error(f, "it is damaged: array '%s' is not there", where);
    bool good = read_extent(set, &item.shape);
    H5Dclose(set);
    if (!good)
        return weights_error(f, "the shape of '%s' is not readable, or has more than 8 axes",
                             where);
    APPEND(f->ctx->arena, node->item, node->nitems, item);
    return true;
}

static bool is_bfloat16(struct weights_file *f, hid_t set)
{
    struct names kind = { 0 };
    return add_strings(f->ctx->arena, set, "dtype", &kind) && kind.count == 1
           && strcmp(kind.item[0], "bfloat16") == 0;
}

static bool read_bfloat16(hid_t set, hid_t type, int64_t count, float *to)
{
    uint16_t *bits = H5Tget_size(type) == 2 ? malloc((size_t)count * 2 + 1) : NULL;
    bool good = bits && H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bits) >= 0;
    for (int64_t i = 0; good && i < count; i++)
        to[i] = (float)dtype_get(BF16, bits, i);
    free(bits);
    return good;
}

static bool load(struct weights_file *f, const struct found *item, float *to)
{
    struct h5 *h = f->handle;
    hid_t set = open_path(h->file, item->where, H5I_DATASET);
    if (set < 0)
        return weights_error(f, "it is damaged: array '%s' is not there", item->where);
    hid_t type = H5Dget_type(set), made = H5Dget_create_plist(set);
    H5T_class_t class = type >= 0 ? H5Tget_class(type) : H5T_NO_CLASS;
    struct shape now = { 0 };
    bool inside = made >= 0 && H5Pget_external_count(made) == 0 && read_extent(set, &now)
                  && shape_equal(&now, &item->shape);
    bool good = false;
    if (inside && is_bfloat16(f, set))
        good = read_bfloat16(set, type, shape_count(&now), to);
    else if (inside && (class == H5T_FLOAT || class == H5T_INTEGER))
        good = H5Dread(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, to) >= 0;
    if (type >= 0)
        H5Tclose(type);
    if (made >= 0)
        H5Pclose(made);
    H5Dclose(set);
    return good ? true
                : weights_error(f, "array '%s' is damaged, or is not of numbers", item->where);
}

/* ---- Keras 3 ---- */

static bool is_container(const char *name)
{
    return strcmp(name, "layers") == 0 || strcmp(name, "_layer_checkpoint_dependencies") == 0;
}

/* Order in which a layer lists the layers inside it; others by name. */
static int part_rank(const char *name)
{
    static const char *const order[] = { "forward_layer", "backward_layer", "query_dense",
                                         "key_dense",     "gate_dense",     "value_dense",
                                         "output_dense" };
    name += *name == '_';
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (strcmp(name, order[i]) == 0)
            return i;
    return (int)(sizeof order / sizeof *order);
}

static bool walk(struct weights_file *f, hid_t group, const char *where, struct layer_node *node,
                 int depth);

static const char *join(struct weights_file *f, const char *where, const char *name)
{
    return *where ? arena_printf(f->ctx->arena, "%s/%s", where, name) : name;
}

static bool read_vars(struct weights_file *f, hid_t group, const char *where,
                      struct layer_node *node)
{
    struct names names = members(f, group), label = { 0 };
    if (!node->name && add_strings(f->ctx->arena, group, "name", &label) && label.count == 1)
        node->name = label.item[0];
    bool good = true;
    for (int i = 0; i < names.count; i++)
        good &= add_array(f, node, group, names.item[i], join(f, where, names.item[i]));
    return good;
}

/* Every member of `group` is a layer of the model `node`. */
static bool read_layers(struct weights_file *f, hid_t group, const char *where,
                        struct layer_node *node, int depth)
{
    struct names names = members(f, group);
    bool good = true;
    for (int i = 0; i < names.count; i++) {
        hid_t member = open_member(group, names.item[i], H5I_GROUP);
        if (member < 0)
            continue;
        struct layer_node *kid = NEW(f->ctx->arena, struct layer_node);
        kid->key = names.item[i];
        kid->where = join(f, where, names.item[i]);
        good &= walk(f, member, join(f, where, names.item[i]), kid, depth + 1);
        H5Gclose(member);
        if (kid->nitems || kid->nkids)
            APPEND(f->ctx->arena, node->kid, node->nkids, kid);
    }
    return good;
}

/* Groups that belong to a layer itself; at the root, attributes of a model's own class: its layers.
 */
static bool read_parts(struct weights_file *f, hid_t group, const char *where,
                       struct layer_node *node, int depth)
{
    struct names names = members(f, group);
    bool good = true, root = depth == 0;
    for (int rank = 0; rank <= part_rank(""); rank++)
        for (int i = 0; i < names.count; i++) {
            const char *name = names.item[i];
            bool other = is_container(name) || strcmp(name, "vars") == 0
                         || strcmp(name, "seed_generator") == 0
                         || (root && strncmp(name, "optimizer", 9) == 0) || part_rank(name) != rank;
            hid_t member = other ? -1 : open_member(group, name, H5I_GROUP);
            if (member < 0)
                continue;
            struct layer_node *inner = root ? NEW(f->ctx->arena, struct layer_node) : node;
            if (root) {
                inner->key = name;
                inner->where = join(f, where, name);
            }
            good &= walk(f, member, join(f, where, name), inner, depth + 1);
            H5Gclose(member);
            if (root && (inner->nitems || inner->nkids))
                APPEND(f->ctx->arena, node->kid, node->nkids, inner);
        }
    return good;
}

static bool walk(struct weights_file *f, hid_t group, const char *where, struct layer_node *node,
                 int depth)
{
    static const char *const containers[] = { "layers", "_layer_checkpoint_dependencies" };
    struct h5 *h = f->handle;
    if (depth > DEEPEST || h->links++ > MOST_LINKS)
        return weights_error(f, "its groups are nested too deeply");
    bool good = true;
    hid_t vars = open_member(group, "vars", H5I_GROUP);
    if (vars >= 0) {
        good &= read_vars(f, vars, join(f, where, "vars"), node);
        H5Gclose(vars);
    }
    for (int i = 0; i < 2; i++) {
        hid_t layers = open_member(group, containers[i], H5I_GROUP);
        if (layers < 0)
            continue;
        good &= read_layers(f, layers, join(f, where, containers[i]), node, depth);
        H5Gclose(layers);
    }
    /* of a class of the text: what its attributes hold */
    return good & read_parts(f, group, where, node, depth);
}

/* ---- Keras 1 and 2 ---- */

static bool read_named_layer(struct weights_file *f, hid_t root, const char *where,
                             const char *name)
{
    hid_t group = open_member(root, name, H5I_GROUP);
    if (group < 0)
        return weights_error(f, "it is damaged: layer '%s' is listed and not there", name);
    struct names names;
    struct layer_node *node = NEW(f->ctx->arena, struct layer_node);
    node->name = name;
    bool good = true;
    string_list(f->ctx->arena, group, "weight_names", &names);
    for (int i = 0; i < names.count; i++)
        if (!strstr(names.item[i], "seed_generator"))
            good &= add_array(f, node, group, names.item[i],
                              join(f, join(f, where, name), names.item[i]));
    H5Gclose(group);
    if (node->nitems)
        APPEND(f->ctx->arena, f->root->kid, f->root->nkids, node);
    return good;
}

static bool read_tree(struct weights_file *f)
{
    struct h5 *h = f->handle;
    const char *where = "";
    hid_t root = open_member(h->file, "model_weights", H5I_GROUP);
    if (root >= 0)
        where = "model_weights";
    else
        root = H5Gopen(h->file, "/", H5P_DEFAULT);
    if (root < 0)
        return weights_error(f, "it is a damaged HDF5 file");
    struct names layers;
    bool good = true;
    if (string_list(f->ctx->arena, root, "layer_names", &layers)) {
        f->ordered = f->legacy = true;
        for (int i = 0; i < layers.count; i++)
            good &= read_named_layer(f, root, where, layers.item[i]);
    } else {
        good = walk(f, root, where, f->root, 0);
    }
    H5Gclose(root);
    return good;
}

static const char *one_string(struct weights_file *f, hid_t object, const char *name)
{
    struct names found = { 0 };
    return object >= 0 && add_strings(f->ctx->arena, object, name, &found) && found.count == 1
               ? found.item[0]
               : NULL;
}

/* What the file says of the model; versions stand beside the weights, too, in files of weights
 * only. */
static void read_attributes(struct weights_file *f)
{
    struct h5 *h = f->handle;
    hid_t inner = open_member(h->file, "model_weights", H5I_GROUP);
    f->has_weights = inner >= 0;
    f->config = one_string(f, h->file, "model_config");
    f->keras_version = one_string(f, h->file, "keras_version");
    f->backend = one_string(f, h->file, "backend");
    f->keras_version = f->keras_version ? f->keras_version : one_string(f, inner, "keras_version");
    f->backend = f->backend ? f->backend : one_string(f, inner, "backend");
    if (inner >= 0)
        H5Gclose(inner);
}

static void close_file(struct weights_file *f)
{
    struct h5 *h = f->handle;
    H5Fclose(h->file);
}

bool hdf5_open(struct weights_file *f, const void *image, size_t size)
{
    H5Eset_auto(H5E_DEFAULT, NULL, NULL);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (image
        && (H5Pset_fapl_core(access, 1 << 20, 0) < 0
            || H5Pset_file_image(access, (void *)(uintptr_t)image, size) < 0))
        die("HDF5 cannot read from memory");
    struct h5 *h = NEW(f->ctx->arena, struct h5);
    h->file = H5Fopen(image ? "weights" : f->path, H5F_ACC_RDONLY, access);
    H5Pclose(access);
    if (h->file < 0)
        return weights_error(f, "it is a damaged HDF5 file, or cut short");
    f->handle = h;
    f->load = load;
    f->close = close_file;
    read_attributes(f);
    return f->only_config || read_tree(f);
}

/*
 * modules.c - import: Keras' namespaces, what cnnc knows of Python's library, and modules beside
 * the script.
 *
 * A module beside the script is evaluated as Python would, its functions and classes then belong to
 * this text. Nothing is read outside of the script's directory and those of --module-path. Every
 * other module is unknown.
 */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <string.h>
#include <sys/stat.h>

struct module *module_new(struct eval *e, const char *name)
{
    struct module *m = NEW(e->mem, struct module);
    m->name = name;
    m->globals = NEW(e->mem, struct dict);
    m->scope = scope_new(e, NULL, m, NULL);
    m->scope->names = m->globals;
    return m;
}

static bool is_root(const char *name, const char *root)
{
    const size_t n = strlen(root);
    return strncmp(name, root, n) == 0 && (name[n] == 0 || name[n] == '.');
}

static bool is_keras(const char *name)
{
    return is_root(name, "keras") || is_root(name, "tensorflow") || is_root(name, "tf_keras")
           || is_root(name, "tf") || is_root(name, "tensorflow_addons");
}

/* ---- modules in files ---- */

static bool is_file(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

struct loading {
    struct module *m;
    struct node_list body;
};

static void run_module(struct eval *e, void *data)
{
    struct loading *l = data;
    run_block(e, l->m->scope, &l->body);
}

/* Evaluates the module in a file; errors in it end the evaluation like those of the text. */
static struct module *load(struct eval *e, const char *name, const char *path,
                           const char *directory, int depth, bool is_package)
{
    struct module *m = module_new(e, name);
    const struct source *s = file_read(e->mem, &e->ctx->diags, path);
    m->path = directory;
    m->depth = depth;
    m->is_package = is_package;
    m->source = s;
    dict_set_name(e, e->modules, intern(e, name), (struct value){ .kind = V_MODULE, .module = m });
    if (!s || !(s = plain_python(e->ctx, s)))
        fatal(e, e->at, "the module '%s' cannot be read", name);
    APPEND(e->mem, e->ctx->read_files, e->ctx->nread_files, path);
    struct loading l = { m, parse_python(e->ctx, s) };
    if (e->ctx->diags.errors) {
        e->raised = EMPTY;
        longjmp(*e->handler, 1);
    }
    run_module(e, &l);
    return m;
}

/* The module `part` in a directory, as a file or a package; NULL: there is none. */
static struct module *load_in(struct eval *e, const char *name, const char *directory,
                              const char *part, int depth)
{
    const struct value known = dict_name(e->modules, intern(e, name));
    if (known.kind == V_MODULE)
        return known.module;
    const char *package = *directory ? arena_printf(e->mem, "%s/%s", directory, part) : part;
    const char *init = arena_printf(e->mem, "%s/__init__.py", package),
               *file = arena_printf(e->mem, "%s.py", package);
    struct stat s;
    if (is_file(init))
        return load(e, name, init, package, depth + 1, true);
    if (is_file(file))
        return load(e, name, file, directory, depth, false);
    if (stat(package, &s) != 0 || !S_ISDIR(s.st_mode))
        return NULL;
    struct module *m = module_new(e, name); /* a directory without __init__.py */
    m->path = package;
    m->depth = depth + 1;
    m->is_package = true;
    dict_set_name(e, e->modules, intern(e, name), (struct value){ .kind = V_MODULE, .module = m });
    return m;
}

/* a.b.c from a directory: the innermost module, each bound in the one around it; *first the
 * outermost. */
static struct module *load_dotted(struct eval *e, const char *prefix, const char *directory,
                                  const char *dotted, int depth, struct module **first)
{
    struct module *m = NULL;
    const char *name = prefix;
    for (const char *p = dotted; *p;) {
        const size_t n = strcspn(p, ".");
        const char *part = arena_copy(e->mem, p, n);
        name = *name ? arena_printf(e->mem, "%s.%s", name, part) : part;
        if (m && !m->is_package)
            return NULL;
        struct module *inner =
            load_in(e, name, m ? m->path : directory, part, m ? m->depth : depth);
        if (!inner)
            return NULL;
        if (m)
            dict_set_name(e, m->globals, intern(e, part),
                          (struct value){ .kind = V_MODULE, .module = inner });
        if (!m)
            *first = inner;
        m = inner;
        p += n + (p[n] == '.');
    }
    return m;
}

/* ---- all modules ---- */

static struct value library_module(struct eval *e, const char *name)
{
    const struct value known = dict_name(e->modules, intern(e, name));
    if (known.kind == V_MODULE)
        return known;
    for (int i = 0; library[i]; i++) {
        if (strcmp(library[i]->name, name) != 0)
            continue;
        struct module *m = module_new(e, name);
        m->builtin = library[i];
        add_table(e, m->globals, library[i]->functions);
        if (library[i]->fill)
            library[i]->fill(e, m->globals);
        const struct value v = { .kind = V_MODULE, .module = m };
        dict_set_name(e, e->modules, intern(e, name), v);
        return v;
    }
    return EMPTY;
}

/* The module of that dotted name; `whole`: the innermost, else the outermost. */
static struct value find_module(struct eval *e, const char *name, bool whole, struct span at)
{
    const size_t n = strcspn(name, ".");
    const char *root = arena_copy(e->mem, name, n);
    if (is_keras(name))
        return (struct value){ .kind = V_SPACE, .s = intern(e, whole ? name : root) };
    for (int64_t i = 0;
         i < e->paths->count && strcmp(root, "numpy") != 0 && strcmp(root, "math") != 0; i++) {
        struct module *first = NULL,
                      *m = load_dotted(e, "", e->paths->item[i].s->s, name, 0, &first);
        if (m)
            return (struct value){ .kind = V_MODULE, .module = whole ? m : first };
    }
    const struct value v = library_module(e, whole ? name : root);
    return v.kind != V_EMPTY ? v : unknown(e, whole ? name : root, at, NULL);
}

static struct value relative_module(struct eval *e, const struct module *m, const struct node *n)
{
    if (is_application(m))
        return n->text ? application(e, n->text)
                       : (struct value){ .kind = V_SPACE, .s = intern(e, "keras.applications") };
    const char *directory = m->path;
    int up = n->level - 1;
    if (up > m->depth || (!m->depth && n->level > 1)) {
        e->at = n->at;
        raise_error(e, "ImportError", "attempted relative import beyond top-level package");
    }
    const char *package =
        m->is_package ? m->name
        : strrchr(m->name, '.')
            ? arena_copy(e->mem, m->name, (size_t)(strrchr(m->name, '.') - m->name))
            : "";
    package = m == e->main ? "" : package;
    for (; up > 0; up--) {
        const char *slash = strrchr(directory, '/'), *dot = strrchr(package, '.');
        directory = slash ? arena_copy(e->mem, directory, (size_t)(slash - directory)) : "";
        package = dot ? arena_copy(e->mem, package, (size_t)(dot - package)) : "";
    }
    if (!n->text) { /* from . import x: names of the package, or modules in it */
        const struct value known = *package ? dict_name(e->modules, intern(e, package)) : EMPTY;
        if (known.kind == V_MODULE)
            return known;
        struct module *here = module_new(e, package);
        here->path = directory;
        here->depth = m->depth - (n->level - 1);
        here->is_package = true;
        return (struct value){ .kind = V_MODULE, .module = here };
    }
    struct module *first = NULL, *found = load_dotted(e, package, directory, n->text,
                                                      m->depth - (n->level - 1), &first);
    if (!found) {
        e->at = n->at;
        raise_error(e, "ModuleNotFoundError", "No module named '%s%s%s'", package,
                    *package ? "." : "", n->text);
    }
    return (struct value){ .kind = V_MODULE, .module = found };
}

struct value space_attribute(struct eval *e, struct value space, struct str *name)
{
    return keras_name(e, arena_printf(e->mem, "%s.%s", space.s->s, name->s));
}

struct value module_attribute(struct eval *e, struct module *m, struct str *name, struct span at)
{
    const struct value v = dict_name(m->globals, name);
    if (v.kind != V_EMPTY)
        return v;
    if (name == e->n.__name__)
        return of_text(e, m->name);
    if (name == e->n.__dict__)
        return (struct value){ .kind = V_DICT, .dict = m->globals };
    const struct value inner = library_module(e, arena_printf(e->mem, "%s.%s", m->name, name->s));
    if (inner.kind != V_EMPTY)
        return inner;
    return m->builtin ? unknown(e, arena_printf(e->mem, "%s.%s", m->name, name->s), at, NULL)
                      : EMPTY;
}

static struct value imported(struct eval *e, struct value module, const struct node *alias)
{
    struct str *name = name_of(e, alias);
    if (module.kind != V_MODULE)
        return module.kind == V_SPACE
                   ? space_attribute(e, module, name)
                   : unknown(
                       e,
                       arena_printf(e->mem, "%s.%s", why(module) ? why(module)->name : "", name->s),
                       alias->at, NULL);
    const struct value v = module_attribute(e, module.module, name, alias->at);
    if (v.kind != V_EMPTY)
        return v;
    if (module.module->is_package) {
        const char *dotted = *module.module->name
                                 ? arena_printf(e->mem, "%s.%s", module.module->name, name->s)
                                 : name->s;
        struct module *m = load_in(e, dotted, module.module->path, name->s, module.module->depth);
        if (m)
            return (struct value){ .kind = V_MODULE, .module = m };
    }
    e->at = alias->at;
    raise_error(e, "ImportError", "cannot import name '%s' from '%s'", name->s,
                module.module->name);
}

static void import_all(struct eval *e, struct scope *s, struct value module)
{
    if (module.kind == V_SPACE) {
        keras_import_all(e, s, module.s->s);
        return;
    }
    if (module.kind != V_MODULE)
        return;
    const struct value all = dict_name(module.module->globals, e->n.__all__);
    for (int64_t i = 0; i < module.module->globals->used; i++) {
        const struct entry *n = &module.module->globals->entry[i];
        if (n->key.kind == V_STRING
            && (all.kind == V_LIST || all.kind == V_TUPLE ? contains(e, all, n->key) == 1
                                                          : *n->key.s->s != '_'))
            scope_set(e, s, n->key.s, n->value);
    }
}

void run_import(struct eval *e, struct scope *s, const struct node *n)
{
    if (n->kind == N_IMPORT) {
        for (int i = 0; i < n->kids.count; i++) {
            const struct node *k = n->kids.item[i];
            const char *bound =
                k->text2 ? k->text2 : arena_copy(e->mem, k->text, strcspn(k->text, "."));
            const struct value v = find_module(e, k->text, true, k->at);
            scope_set(e, s, intern(e, bound), k->text2 ? v : find_module(e, k->text, false, k->at));
        }
        return;
    }
    const struct value module =
        n->level ? relative_module(e, s->module, n) : find_module(e, n->text, true, n->at);
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *k = n->kids.item[i];
        if (strcmp(k->text, "*") == 0)
            import_all(e, s, module);
        else
            scope_set(e, s, k->text2 ? intern(e, k->text2) : name_of(e, k), imported(e, module, k));
    }
}

/* unsupported.c - what cnnc does not know, gathered while the whole model is read, then said at
 * once. */
#include "onnx/import.h"

#include <string.h>

enum { SHOWN = 5 }; /* places named in full */

struct unsupported {
    const char *what, *help, *where[SHOWN];
    int count;
};

void unsupported(struct importer *im, const char *what, const char *help, const char *where)
{
    struct unsupported *u = NULL;
    for (int i = 0; i < im->nunsupported && !u; i++)
        if (strcmp(im->unsupported[i]->what, what) == 0)
            u = im->unsupported[i];
    if (!u) {
        u = NEW(im->ctx->arena, struct unsupported);
        u->what = what;
        u->help = help;
        APPEND(im->ctx->arena, im->unsupported, im->nunsupported, u);
    }
    if (u->count < SHOWN)
        u->where[u->count] = where;
    u->count++;
}

bool report_unsupported(struct importer *im)
{
    for (int i = 0; i < im->nunsupported; i++) {
        const struct unsupported *u = im->unsupported[i];
        struct text t = { 0 };
        text_printf(&t, "not supported: %s, %d time%s: ", u->what, u->count,
                    u->count == 1 ? "" : "s");
        for (int k = 0; k < u->count && k < SHOWN; k++)
            text_printf(&t, "%s%s", k ? ", " : "", u->where[k]);
        text_printf(&t, "%s; %s", u->count > SHOWN ? ", ..." : "", u->help);
        diag_error(&im->ctx->diags, im->at, "%s", t.s);
        text_free(&t);
    }
    return !im->nunsupported;
}

/* applications.h - the texts of keras.applications that ship inside cnnc. */
#ifndef CNNC_APPLICATIONS_H
#define CNNC_APPLICATIONS_H

#include "base/base.h"

/* The text of the module keras.applications.MODULE ("resnet50"); NULL: there is none. */
const struct source *application_text(struct arena *a, const char *module);
/* The module in which keras.applications.NAME is defined: "resnet" for "ResNet50". NULL: nowhere.
 */
const char *application_module(const char *name);
/* The nearest name of a network, for "did you mean", or NULL. */
const char *application_suggest(struct arena *a, const char *name);

#endif

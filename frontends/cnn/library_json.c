/* library_json.c - json.loads() of text that stands in the script. Files are not read: json.load()
 * is unknown. */
#include "cnn/eval.h"

#include <jansson.h>

static struct value of_json(struct eval *e, const json_t *j)
{
    const char *key;
    json_t *item;
    size_t i;
    struct value v;
    switch (json_typeof(j)) {
    case JSON_OBJECT:
        v = new_dict(e, V_DICT);
        json_object_foreach((json_t *)(uintptr_t)j, key, item)
            dict_set(e, v.dict, of_text(e, key), of_json(e, item));
        return v;
    case JSON_ARRAY:
        v = new_list(e, V_LIST);
        json_array_foreach(j, i, item) list_push(e, v.list, of_json(e, item));
        return v;
    case JSON_STRING: return of_bytes_text(e, json_string_value(j), json_string_length(j));
    case JSON_INTEGER: return of_int(json_integer_value(j));
    case JSON_REAL: return of_float(json_real_value(j));
    case JSON_TRUE: return of_bool(true);
    case JSON_FALSE: return of_bool(false);
    default: return NONE;
    }
}

static struct value loads(struct eval *e, struct args *a)
{
    json_error_t error;
    const struct value text = arg(e, a, 0, "s");
    if (text.kind != V_STRING && text.kind != V_BYTES)
        raise_error(e, "TypeError", "the JSON object must be str, bytes or bytearray, not %s",
                    type_name(e, text));
    json_t *j = json_loadb(text.s->s, text.s->size, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!j)
        raise_error(e, "ValueError", "%s: line %d column %d (char %d)", error.text, error.line,
                    error.column, error.position);
    const struct value v = of_json(e, j); /* holds copies */
    json_decref(j);
    return v;
}

static const struct builtin functions[] = { { "loads", loads, false }, { 0 } };
const struct builtin_module module_json = { "json", functions, NULL };

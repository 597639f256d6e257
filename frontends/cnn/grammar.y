/* grammar.y - Python's grammar as far as scripts that build models use it. Targets are parsed as expressions. */
%code requires {
#include "cnn/tokens.h"
#include <string.h>
}
%define api.pure full
%define api.prefix {py_}
%define api.location.type {struct range}
%define parse.error detailed
%locations
%param { struct lexer *l }
%expect 0

%code {
#define YYLLOC_DEFAULT(now, rhs, n) \
    do { if (n) { (now).start = YYRHSLOC(rhs, 1).start; (now).end = YYRHSLOC(rhs, n).end; } \
         else { (now).start = (now).end = YYRHSLOC(rhs, 0).end; } } while (0)
int py_lex(PY_STYPE *value, struct range *at, struct lexer *l);
static void py_error(struct range *at, struct lexer *l, const char *message);
#define ARENA (l->ctx->arena)

static struct node *mk(struct lexer *l, enum node_kind kind, struct range at, struct node *a, struct node *b)
{
    struct node *n = new_node(l, kind, at);
    n->a = a;
    n->b = b;
    return n;
}

static struct node *mk_op(struct lexer *l, enum node_kind kind, struct range at, const char *op, struct node *a, struct node *b)
{
    struct node *n = mk(l, kind, at, a, b);
    n->op = op;
    return n;
}

static struct node *mk_text(struct lexer *l, enum node_kind kind, struct range at, const char *text)
{
    struct node *n = new_node(l, kind, at);
    n->text = text;
    return n;
}

static struct node *mk_list(struct lexer *l, enum node_kind kind, struct range at, struct node_list kids)
{
    struct node *n = new_node(l, kind, at);
    n->kids = kids;
    return n;
}

static struct node_list append(struct lexer *l, struct node_list list, struct node *n)
{
    APPEND(ARENA, list.item, list.count, n);
    return list;
}

static struct node_list append_all(struct lexer *l, struct node_list list, struct node_list more)
{
    for (int i = 0; i < more.count; i++)
        list = append(l, list, more.item[i]);
    return list;
}

static struct node_list one(struct lexer *l, struct node *n)
{
    struct node_list list = { 0 };
    return append(l, list, n);
}

/* a < b < c is one node with the operators in `names`. */
static struct node *compare(struct lexer *l, struct range at, const char *op, struct node *a, struct node *b)
{
    struct node *n = a;
    if (a->kind != N_COMPARE || a->parenthesized) {
        n = new_node(l, N_COMPARE, at);
        n->kids = one(l, a);
    }
    n->at.end = at.end;
    n->kids = append(l, n->kids, b);
    APPEND(ARENA, n->names, n->nnames, op);
    return n;
}

static struct node *slice_of(struct lexer *l, struct range at, struct node *a, struct node *b, struct node *c)
{
    struct node *n = mk(l, N_SLICE, at, a, b);
    n->c = c;
    return n;
}

static struct node *body_of(struct node *n, struct node_list body, struct node_list orelse)
{
    n->body = body;
    n->orelse = orelse;
    return n;
}
}

%union { struct node *node; struct node_list list; const char *text; int number; }

%token END 0 "the end of the text"
%token START_EXPRESSION NEWLINE "the end of the line" INDENT "an indented block" DEDENT "the end of the block"
%token <text> NAME "a name" AUGMENT "an assignment operator"
%token <node> STRING "a string" NUMBER "a number"
%token AND "'and'" AS "'as'" ASSERT "'assert'" ASYNC "'async'" AWAIT "'await'" BREAK "'break'" CLASS "'class'" CONTINUE "'continue'" DEF "'def'"
%token DEL "'del'" ELIF "'elif'" ELSE "'else'" EXCEPT "'except'" FINALLY "'finally'" FOR "'for'" FROM "'from'" GLOBAL "'global'" IF "'if'"
%token IMPORT "'import'" IN "'in'" IS "'is'" LAMBDA "'lambda'" NONLOCAL "'nonlocal'" NOT "'not'" OR "'or'" PASS "'pass'" RAISE "'raise'"
%token RETURN "'return'" TRY "'try'" WHILE "'while'" WITH "'with'" YIELD "'yield'" TRUE_ "'True'" FALSE_ "'False'" NONE_ "'None'"
%token POWER "'**'" FLOOR "'//'" LEFT "'<<'" RIGHT "'>>'" EQUAL "'=='" UNEQUAL "'!='" AT_MOST "'<='" AT_LEAST "'>='" ARROW "'->'" WALRUS "':='" ELLIPSIS "'...'"

%type <node> statement simple compound expression_statement named test or_test and_test not_test comparison star_or_test
%type <node> bit_or bit_xor bit_and shift sum term factor power primary atom slice subscript argument lambda test_list subscripts
%type <node> target_list parameter lambda_parameter with_item except import_alias dotted_alias decorated definition class_definition
%type <node> maybe_return strings yield_expression value_list if_rest for_clause key_value alternative
%type <list> statements block simples arguments parameters lambda_parameters names_list list_items dict_items for_clauses conditions
%type <list> else_block finally_block excepts with_items aliases dotted_aliases decorators assigned test_items target_items subscript_items alias_items
%type <text> compare_operator dotted_name
%type <number> dots

%%

start: module | START_EXPRESSION value_list part_end { l->expression = $2; } ;
part_end: %empty | NEWLINE ;
module: %empty | module module_item ;
module_item: simples { l->module = append_all(l, l->module, $1); }
    | compound { l->module = append(l, l->module, $1); }
    | error NEWLINE { if (++l->nesting > 20) YYABORT; yyerrok; } ;

statements: statement { $$ = one(l, $1); } | simples | statements statement { $$ = append(l, $1, $2); } | statements simples { $$ = append_all(l, $1, $2); } ;
statement: compound ;
simples: simple NEWLINE { $$ = one(l, $1); } | simple ';' NEWLINE { $$ = one(l, $1); } | simple ';' simples { $$ = append_all(l, one(l, $1), $3); } ;
block: simples | NEWLINE INDENT statements DEDENT { $$ = $3; } ;

simple: expression_statement
    | PASS { $$ = new_node(l, N_PASS, @$); }
    | BREAK { $$ = new_node(l, N_BREAK, @$); }
    | CONTINUE { $$ = new_node(l, N_CONTINUE, @$); }
    | RETURN { $$ = new_node(l, N_RETURN, @$); }
    | RETURN value_list { $$ = mk(l, N_RETURN, @$, $2, NULL); }
    | RAISE { $$ = new_node(l, N_RAISE, @$); }
    | RAISE test { $$ = mk(l, N_RAISE, @$, $2, NULL); }
    | RAISE test FROM test { $$ = mk(l, N_RAISE, @$, $2, $4); }
    | DEL test_list { $$ = mk_list(l, N_DELETE, @$, one(l, $2)); }
    | GLOBAL names_list { $$ = mk_list(l, N_GLOBAL, @$, $2); }
    | NONLOCAL names_list { $$ = mk_list(l, N_NONLOCAL, @$, $2); }
    | ASSERT test { $$ = mk(l, N_ASSERT, @$, $2, NULL); }
    | ASSERT test ',' test { $$ = mk(l, N_ASSERT, @$, $2, $4); }
    | IMPORT dotted_aliases { $$ = mk_list(l, N_IMPORT, @$, $2); }
    | FROM dotted_name IMPORT aliases { $$ = mk_list(l, N_FROM, @$, $4); $$->text = $2; }
    | FROM dots IMPORT aliases { $$ = mk_list(l, N_FROM, @$, $4); $$->level = $2; }
    | FROM dots dotted_name IMPORT aliases { $$ = mk_list(l, N_FROM, @$, $5); $$->text = $3; $$->level = $2; } ;
dots: '.' { $$ = 1; } | ELLIPSIS { $$ = 3; } | dots '.' { $$ = $1 + 1; } | dots ELLIPSIS { $$ = $1 + 3; } ;
names_list: NAME { $$ = one(l, mk_text(l, N_NAME, @$, $1)); } | names_list ',' NAME { $$ = append(l, $1, mk_text(l, N_NAME, @3, $3)); } ;
dotted_name: NAME | dotted_name '.' NAME { $$ = arena_printf(ARENA, "%s.%s", $1, $3); } ;
dotted_alias: dotted_name { $$ = mk_text(l, N_ALIAS, @$, $1); } | dotted_name AS NAME { $$ = mk_text(l, N_ALIAS, @$, $1); $$->text2 = $3; } ;
dotted_aliases: dotted_alias { $$ = one(l, $1); } | dotted_aliases ',' dotted_alias { $$ = append(l, $1, $3); } ;
import_alias: NAME { $$ = mk_text(l, N_ALIAS, @$, $1); } | NAME AS NAME { $$ = mk_text(l, N_ALIAS, @$, $1); $$->text2 = $3; } ;
alias_items: import_alias { $$ = one(l, $1); } | alias_items ',' import_alias { $$ = append(l, $1, $3); } ;
aliases: '*' { $$ = one(l, mk_text(l, N_ALIAS, @$, "*")); } | alias_items | '(' alias_items maybe_comma ')' { $$ = $2; } ;
maybe_comma: %empty | ',' ;

expression_statement: value_list { $$ = mk(l, N_EXPRESSION, @$, $1, NULL); }
    | value_list AUGMENT value_list { $$ = mk_op(l, N_AUGMENTED, @$, $2, $1, $3); }
    | value_list ':' test { $$ = mk(l, N_ANNOTATED, @$, $1, $3); }
    | value_list ':' test '=' value_list { $$ = mk(l, N_ANNOTATED, @$, $1, $3); $$->c = $5; }
    | assigned value_list { $$ = mk_list(l, N_ASSIGN, @$, $1); $$->a = $2; } ;
assigned: value_list '=' { $$ = one(l, $1); } | assigned value_list '=' { $$ = append(l, $1, $2); } ;
value_list: test_list | yield_expression ;
yield_expression: YIELD { $$ = new_node(l, N_YIELD, @$); } | YIELD test_list { $$ = mk(l, N_YIELD, @$, $2, NULL); } | YIELD FROM test { $$ = mk(l, N_YIELD_FROM, @$, $3, NULL); } ;
test_list: star_or_test | test_items { $$ = mk_list(l, N_TUPLE, @$, $1); } | test_items star_or_test { $$ = mk_list(l, N_TUPLE, @$, append(l, $1, $2)); } ;
test_items: star_or_test ',' { $$ = one(l, $1); } | test_items star_or_test ',' { $$ = append(l, $1, $2); } ;
star_or_test: named | '*' bit_or { $$ = mk(l, N_STAR, @$, $2, NULL); } ;

compound: IF named ':' block if_rest { $$ = mk(l, N_IF, @$, $2, NULL); $$->body = $4; if ($5) $$->orelse = $5->body; }
    | WHILE named ':' block else_block { $$ = body_of(mk(l, N_WHILE, @$, $2, NULL), $4, $5); }
    | FOR target_list IN test_list ':' block else_block { $$ = body_of(mk(l, N_FOR, @$, $2, $4), $6, $7); }
    | TRY ':' block excepts else_block finally_block { $$ = body_of(mk_list(l, N_TRY, @$, $4), $3, $5); $$->last = $6; }
    | TRY ':' block FINALLY ':' block { $$ = new_node(l, N_TRY, @$); $$->body = $3; $$->last = $6; }
    | WITH with_items ':' block { $$ = mk_list(l, N_WITH, @$, $2); $$->body = $4; }
    | decorated | definition | class_definition
    | ASYNC compound { $$ = $2; $$->is_async = true; } ;
if_rest: %empty { $$ = NULL; } | ELSE ':' block { $$ = new_node(l, N_PASS, @$); $$->body = $3; }
    | ELIF named ':' block if_rest { struct node *n = mk(l, N_IF, @$, $2, NULL); n->body = $4; if ($5) n->orelse = $5->body; $$ = new_node(l, N_PASS, @$); $$->body = one(l, n); } ;
else_block: %empty { $$ = (struct node_list){ 0 }; } | ELSE ':' block { $$ = $3; } ;
finally_block: %empty { $$ = (struct node_list){ 0 }; } | FINALLY ':' block { $$ = $3; } ;
excepts: except { $$ = one(l, $1); } | excepts except { $$ = append(l, $1, $2); } ;
except: EXCEPT ':' block { $$ = new_node(l, N_EXCEPT, @$); $$->body = $3; }
    | EXCEPT test_list ':' block { $$ = mk(l, N_EXCEPT, @$, $2, NULL); $$->body = $4; }
    | EXCEPT test AS NAME ':' block { $$ = mk(l, N_EXCEPT, @$, $2, NULL); $$->text = $4; $$->body = $6; } ;
with_items: with_item { $$ = one(l, $1); } | with_items ',' with_item { $$ = append(l, $1, $3); } ;
with_item: test { $$ = mk(l, N_WITH_ITEM, @$, $1, NULL); } | test AS bit_or { $$ = mk(l, N_WITH_ITEM, @$, $1, $3); } ;
target_list: alternative | target_items { $$ = mk_list(l, N_TUPLE, @$, $1); } | target_items alternative { $$ = mk_list(l, N_TUPLE, @$, append(l, $1, $2)); } ;
target_items: alternative ',' { $$ = one(l, $1); } | target_items alternative ',' { $$ = append(l, $1, $2); } ;
alternative: bit_or | '*' bit_or { $$ = mk(l, N_STAR, @$, $2, NULL); } ;

decorators: '@' named NEWLINE { $$ = one(l, $2); } | decorators '@' named NEWLINE { $$ = append(l, $1, $3); } ;
decorated: decorators definition { $$ = $2; $$->kids = $1; } | decorators class_definition { $$ = $2; $$->kids = $1; }
    | decorators ASYNC definition { $$ = $3; $$->kids = $1; $$->is_async = true; } ;
definition: DEF NAME '(' parameters ')' maybe_return ':' block { $$ = mk_text(l, N_FUNCTION, @$, $2); $$->params = $4; $$->a = $6; $$->body = $8; } ;
maybe_return: %empty { $$ = NULL; } | ARROW test { $$ = $2; } ;
class_definition: CLASS NAME ':' block { $$ = mk_text(l, N_CLASS, @$, $2); $$->body = $4; }
    | CLASS NAME '(' arguments ')' ':' block { $$ = mk_text(l, N_CLASS, @$, $2); $$->b = mk_list(l, N_CALL, @4, $4); $$->body = $7; } ;
parameters: %empty { $$ = (struct node_list){ 0 }; } | parameter { $$ = one(l, $1); } | parameters ',' parameter { $$ = append(l, $1, $3); } | parameters ',' ;
parameter: NAME { $$ = mk_text(l, N_PARAM, @$, $1); }
    | NAME ':' test { $$ = mk_text(l, N_PARAM, @$, $1); $$->a = $3; }
    | NAME '=' test { $$ = mk_text(l, N_PARAM, @$, $1); $$->b = $3; }
    | NAME ':' test '=' test { $$ = mk_text(l, N_PARAM, @$, $1); $$->a = $3; $$->b = $5; }
    | '*' { $$ = new_node(l, N_PARAM, @$); $$->star = 3; }
    | '/' { $$ = new_node(l, N_PARAM, @$); $$->star = 4; }
    | '*' NAME { $$ = mk_text(l, N_PARAM, @$, $2); $$->star = 1; }
    | '*' NAME ':' test { $$ = mk_text(l, N_PARAM, @$, $2); $$->star = 1; $$->a = $4; }
    | POWER NAME { $$ = mk_text(l, N_PARAM, @$, $2); $$->star = 2; }
    | POWER NAME ':' test { $$ = mk_text(l, N_PARAM, @$, $2); $$->star = 2; $$->a = $4; } ;
lambda_parameters: %empty { $$ = (struct node_list){ 0 }; } | lambda_parameter { $$ = one(l, $1); } | lambda_parameters ',' lambda_parameter { $$ = append(l, $1, $3); } ;
lambda_parameter: NAME { $$ = mk_text(l, N_PARAM, @$, $1); } | NAME '=' test { $$ = mk_text(l, N_PARAM, @$, $1); $$->b = $3; }
    | '*' { $$ = new_node(l, N_PARAM, @$); $$->star = 3; }
    | '*' NAME { $$ = mk_text(l, N_PARAM, @$, $2); $$->star = 1; } | POWER NAME { $$ = mk_text(l, N_PARAM, @$, $2); $$->star = 2; } ;

named: test | NAME WALRUS test { $$ = mk(l, N_WALRUS, @$, mk_text(l, N_NAME, @1, $1), $3); } ;
test: or_test | or_test IF or_test ELSE test { $$ = mk(l, N_CONDITIONAL, @$, $1, $3); $$->c = $5; } | lambda ;
lambda: LAMBDA lambda_parameters ':' test { $$ = mk(l, N_LAMBDA, @$, $4, NULL); $$->params = $2; } ;
or_test: and_test | or_test OR and_test { $$ = mk_op(l, N_BOOL_OP, @$, "or", $1, $3); } ;
and_test: not_test | and_test AND not_test { $$ = mk_op(l, N_BOOL_OP, @$, "and", $1, $3); } ;
not_test: comparison | NOT not_test { $$ = mk_op(l, N_UNARY, @$, "not", $2, NULL); } ;
comparison: bit_or | comparison compare_operator bit_or { $$ = compare(l, @$, $2, $1, $3); } ;
compare_operator: '<' { $$ = "<"; } | '>' { $$ = ">"; } | EQUAL { $$ = "=="; } | UNEQUAL { $$ = "!="; } | AT_MOST { $$ = "<="; } | AT_LEAST { $$ = ">="; }
    | IN { $$ = "in"; } | NOT IN { $$ = "not in"; } | IS { $$ = "is"; } | IS NOT { $$ = "is not"; } ;
bit_or: bit_xor | bit_or '|' bit_xor { $$ = mk_op(l, N_BINARY, @$, "|", $1, $3); } ;
bit_xor: bit_and | bit_xor '^' bit_and { $$ = mk_op(l, N_BINARY, @$, "^", $1, $3); } ;
bit_and: shift | bit_and '&' shift { $$ = mk_op(l, N_BINARY, @$, "&", $1, $3); } ;
shift: sum | shift LEFT sum { $$ = mk_op(l, N_BINARY, @$, "<<", $1, $3); } | shift RIGHT sum { $$ = mk_op(l, N_BINARY, @$, ">>", $1, $3); } ;
sum: term | sum '+' term { $$ = mk_op(l, N_BINARY, @$, "+", $1, $3); } | sum '-' term { $$ = mk_op(l, N_BINARY, @$, "-", $1, $3); } ;
term: factor | term '*' factor { $$ = mk_op(l, N_BINARY, @$, "*", $1, $3); } | term '/' factor { $$ = mk_op(l, N_BINARY, @$, "/", $1, $3); }
    | term FLOOR factor { $$ = mk_op(l, N_BINARY, @$, "//", $1, $3); } | term '%' factor { $$ = mk_op(l, N_BINARY, @$, "%", $1, $3); }
    | term '@' factor { $$ = mk_op(l, N_BINARY, @$, "@", $1, $3); } ;
factor: power | '-' factor { $$ = mk_op(l, N_UNARY, @$, "-", $2, NULL); } | '+' factor { $$ = mk_op(l, N_UNARY, @$, "+", $2, NULL); }
    | '~' factor { $$ = mk_op(l, N_UNARY, @$, "~", $2, NULL); } ;
power: primary | primary POWER factor { $$ = mk_op(l, N_BINARY, @$, "**", $1, $3); } | AWAIT primary { $$ = mk(l, N_AWAIT, @$, $2, NULL); } ;
primary: atom | primary '.' NAME { $$ = mk_text(l, N_ATTRIBUTE, @$, $3); $$->a = $1; }
    | primary '(' arguments ')' { $$ = mk_list(l, N_CALL, @$, $3); $$->a = $1; }
    | primary '[' subscripts ']' { $$ = mk(l, N_SUBSCRIPT, @$, $1, $3); } ;
subscripts: subscript | subscript_items { $$ = mk_list(l, N_TUPLE, @$, $1); } | subscript_items subscript { $$ = mk_list(l, N_TUPLE, @$, append(l, $1, $2)); } ;
subscript_items: subscript ',' { $$ = one(l, $1); } | subscript_items subscript ',' { $$ = append(l, $1, $2); } ;
subscript: star_or_test | slice ;
slice: ':' { $$ = slice_of(l, @$, NULL, NULL, NULL); } | test ':' { $$ = slice_of(l, @$, $1, NULL, NULL); } | ':' test { $$ = slice_of(l, @$, NULL, $2, NULL); }
    | test ':' test { $$ = slice_of(l, @$, $1, $3, NULL); } | ':' ':' { $$ = slice_of(l, @$, NULL, NULL, NULL); } | ':' ':' test { $$ = slice_of(l, @$, NULL, NULL, $3); }
    | test ':' ':' { $$ = slice_of(l, @$, $1, NULL, NULL); } | test ':' ':' test { $$ = slice_of(l, @$, $1, NULL, $4); }
    | ':' test ':' { $$ = slice_of(l, @$, NULL, $2, NULL); } | ':' test ':' test { $$ = slice_of(l, @$, NULL, $2, $4); }
    | test ':' test ':' { $$ = slice_of(l, @$, $1, $3, NULL); } | test ':' test ':' test { $$ = slice_of(l, @$, $1, $3, $5); } ;
arguments: %empty { $$ = (struct node_list){ 0 }; } | argument { $$ = one(l, $1); } | arguments ',' argument { $$ = append(l, $1, $3); } | arguments ',' ;
argument: named | NAME '=' test { $$ = mk_text(l, N_KEYWORD, @$, $1); $$->a = $3; }
    | named for_clauses { $$ = mk_list(l, N_GENERATOR, @$, $2); $$->a = $1; }
    | '*' test { $$ = mk(l, N_STAR, @$, $2, NULL); } | POWER test { $$ = mk(l, N_KEYWORD, @$, $2, NULL); } ;
for_clauses: for_clause { $$ = one(l, $1); } | for_clauses for_clause { $$ = append(l, $1, $2); } ;
for_clause: FOR target_list IN or_test conditions { $$ = mk(l, N_FOR_CLAUSE, @$, $2, $4); $$->kids = $5; }
    | ASYNC FOR target_list IN or_test conditions { $$ = mk(l, N_FOR_CLAUSE, @$, $3, $5); $$->kids = $6; } ;
conditions: %empty { $$ = (struct node_list){ 0 }; } | conditions IF or_test { $$ = append(l, $1, $3); } ;

atom: NAME { $$ = mk_text(l, N_NAME, @$, $1); } | NUMBER | strings
    | TRUE_ { $$ = new_node(l, N_TRUE, @$); } | FALSE_ { $$ = new_node(l, N_FALSE, @$); } | NONE_ { $$ = new_node(l, N_NONE, @$); }
    | ELLIPSIS { $$ = new_node(l, N_ELLIPSIS, @$); }
    | '(' ')' { $$ = new_node(l, N_TUPLE, @$); }
    | '(' value_list ')' { $$ = $2; $$->parenthesized = true; }
    | '(' named for_clauses ')' { $$ = mk_list(l, N_GENERATOR, @$, $3); $$->a = $2; }
    | '[' ']' { $$ = new_node(l, N_LIST, @$); }
    | '[' list_items maybe_comma ']' { $$ = mk_list(l, N_LIST, @$, $2); }
    | '[' named for_clauses ']' { $$ = mk_list(l, N_LIST_COMP, @$, $3); $$->a = $2; }
    | '{' '}' { $$ = new_node(l, N_DICT, @$); }
    | '{' dict_items maybe_comma '}' { $$ = mk_list(l, N_DICT, @$, $2); }
    | '{' key_value for_clauses '}' { $$ = mk_list(l, N_DICT_COMP, @$, $3); $$->a = $2->a; $$->b = $2->b; }
    | '{' list_items maybe_comma '}' { $$ = mk_list(l, N_SET, @$, $2); }
    | '{' named for_clauses '}' { $$ = mk_list(l, N_SET_COMP, @$, $3); $$->a = $2; } ;
strings: STRING | strings STRING { $$ = join_strings(l, $1, $2); } ;
list_items: star_or_test { $$ = one(l, $1); } | list_items ',' star_or_test { $$ = append(l, $1, $3); } ;
key_value: test ':' test { $$ = mk(l, N_TUPLE, @$, $1, $3); } ;
dict_items: key_value { $$ = append(l, one(l, $1->a), $1->b); } | POWER bit_or { $$ = append(l, one(l, NULL), $2); }
    | dict_items ',' key_value { $$ = append(l, append(l, $1, $3->a), $3->b); } | dict_items ',' POWER bit_or { $$ = append(l, append(l, $1, NULL), $4); } ;

%%

static void py_error(struct range *at, struct lexer *l, const char *message)
{
    if (l->failed)
        return;
    syntax_error(l, *at, "%s", strncmp(message, "memory", 6) == 0 ? "the text is nested too deeply" : message);
}

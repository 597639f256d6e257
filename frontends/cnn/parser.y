/*
 * parser.y - the grammar of Python 3.12.
 *
 * Targets, keyword names and `with (a as b)` are read as expressions and checked by the functions
 * of grammar_rules.c, which keeps the grammar LALR(1). Lists are left-recursive: the stack grows
 * only with nesting. After an error, parsing goes on behind the next NEWLINE; a block whose head
 * was wrong is then read as an unexpected indent, silently.
 */
%define api.pure full
%define api.prefix {python_}
%define api.token.prefix {T_}
%define api.location.type {struct extent}
%define api.value.type {union lexeme}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%parse-param {struct python *py}
%lex-param {struct python *py}

%code requires {
#include "cnn/lex.h"
}

%code {
#define YYMAXDEPTH 100000
#define YYLLOC_DEFAULT(all, rhs, n) \
    ((n) ? (void)((all).start = YYRHSLOC(rhs, 1).start, (all).end = YYRHSLOC(rhs, n).end) \
         : (void)((all).start = (all).end = YYRHSLOC(rhs, 0).end))

int python_lex(union lexeme *value, struct extent *at, struct python *py);
static void python_error(const struct extent *at, struct python *py, const char *message);

#define LIST0 ((struct node_list){NULL, 0})
#define MAKE(kind, at, a, b, c) py_make(py, (kind), (at), (a), (b), (c))
#define OP(kind, at, op, a, b) py_op(py, (kind), (at), (op), (a), (b))
#define SEQ(kind, at, list) py_list(py, (kind), (at), (list))
#define ADD(list, item) py_add(py, (list), (item))
#define ONE(item) py_add(py, LIST0, (item))
}

%token END 0 "end of file"
%token NEWLINE "end of line" INDENT "indented block" DEDENT "end of the block" BAD "bad text"
%token <word> NAME "name"
%token <node> NUMBER "number" STRING "string" FMIDDLE "text of an f-string"
%token FSTART "f-string" FEND "end of the f-string" FIELD "'{'" FIELD_END "'}'" SPEC "format specification"
%token BANG "'!'"
%token <word> AUGMENT "augmented assignment" COMPARE "comparison"
%token ARROW "'->'" WALRUS "':='" POWER "'**'" FLOOR "'//'" LEFT "'<<'" RIGHT "'>>'" DOTS "'...'"
%token FALSE "'False'" NONE "'None'" TRUE "'True'" AND "'and'" AS "'as'" ASSERT "'assert'" ASYNC "'async'"
%token AWAIT "'await'" BREAK "'break'" CLASS "'class'" CONTINUE "'continue'" DEF "'def'" DEL "'del'"
%token ELIF "'elif'" ELSE "'else'" EXCEPT "'except'" FINALLY "'finally'" FOR "'for'" FROM "'from'"
%token GLOBAL "'global'" IF "'if'" IMPORT "'import'" IN "'in'" IS "'is'" LAMBDA "'lambda'"
%token NONLOCAL "'nonlocal'" NOT "'not'" OR "'or'" PASS "'pass'" RAISE "'raise'" RETURN "'return'" TRY "'try'"
%token WHILE "'while'" WITH "'with'" YIELD "'yield'"
%token MATCH "'match'" CASE "'case'" TYPE "'type'"

%left OR
%left AND
%precedence NOT
%left '|'
%left '^'
%left '&'
%left LEFT RIGHT
%left '+' '-'
%left '*' '/' FLOOR '%' '@'
%precedence UNARY
%right POWER

%type <list> statements simple_line simple_list block if_tail else_opt handlers finally_opt with_items aliases
%type <list> from_names names decorators params_opt params lambda_params_opt lambda_params elements paren_elements
%type <list> args arg_list subscripts dict_items comp_for conditions strings fparts field assignment cases
%type <list> closed_patterns pattern_args mapping
%type <node> statement simple compound expression_statement rhs yield_expression import_statement from_statement
%type <node> if_statement for_statement while_statement try_statement with_statement function class match_statement
%type <node> handler with_item with_head alias from_name param lambda_param annotation_opt default_opt
%type <node> star_tests star_or_test star_or_expr targets named test bool comparison expr primary atom
%type <node> element paren_element arg subscript slice_part comp_clause condition fstring spec_opt case guard_opt
%type <node> patterns pattern or_pattern closed_pattern literal_pattern signed dotted_pattern pattern_arg pattern_key
%type <node> maybe_star_pattern decorated return_opt
%type <word> compare_op dotted_name conversion_opt
%type <node> dots

%%

module
    : statements                            { py->module = $statements; }
    ;

statements
    : %empty                                { $$ = LIST0; }
    | statements simple_line                { $$ = py_chain(py, $1, $2); py->recovered = false; }
    | statements statement                  { $$ = $2 ? ADD($1, $2) : $1; }
    ;

statement
    : compound                              { $$ = $1; py->recovered = false; }
    | error NEWLINE                         { $$ = NULL; py->recovered = true; yyerrok; }
    | INDENT                                {
            if (!py->recovered)
                py_error(py, @1, "unexpected indent");
        }
      statements DEDENT                     { $$ = NULL; py->recovered = true; }
    ;

simple_line
    : simple_list NEWLINE                   { $$ = $1; }
    | simple_list ';' NEWLINE               { $$ = $1; }
    ;

simple_list
    : simple                                { $$ = ONE($1); }
    | simple_list ';' simple                { $$ = ADD($1, $3); }
    ;

simple
    : expression_statement
    | import_statement
    | from_statement
    | PASS                                  { $$ = py_node(py, N_PASS, @$); }
    | BREAK                                 { $$ = py_node(py, N_BREAK, @$); }
    | CONTINUE                              { $$ = py_node(py, N_CONTINUE, @$); }
    | RETURN                                { $$ = py_node(py, N_RETURN, @$); }
    | RETURN star_tests                     { $$ = MAKE(N_RETURN, @$, $2, NULL, NULL); }
    | RAISE                                 { $$ = py_node(py, N_RAISE, @$); }
    | RAISE test                            { $$ = MAKE(N_RAISE, @$, $2, NULL, NULL); }
    | RAISE test FROM test                  { $$ = MAKE(N_RAISE, @$, $2, $4, NULL); }
    | DEL targets                           { $$ = py_delete(py, @$, $2); }
    | ASSERT test                           { $$ = MAKE(N_ASSERT, @$, $2, NULL, NULL); }
    | ASSERT test ',' test                  { $$ = MAKE(N_ASSERT, @$, $2, $4, NULL); }
    | GLOBAL names                          { $$ = py_names(py, N_GLOBAL, @$, $2); }
    | NONLOCAL names                        { $$ = py_names(py, N_NONLOCAL, @$, $2); }
    | TYPE NAME type_params_opt '=' test    { $$ = py_named(py, N_TYPE_ALIAS, @$, $2); $$->a = $5; }
    ;

names
    : NAME                                  { $$ = ONE(py_named(py, N_NAME, @1, $1)); }
    | names ',' NAME                        { $$ = ADD($1, py_named(py, N_NAME, @3, $3)); }
    ;

expression_statement
    : star_tests                            { $$ = MAKE(N_EXPRESSION, @$, $1, NULL, NULL); }
    | yield_expression                      { $$ = MAKE(N_EXPRESSION, @$, $1, NULL, NULL); }
    | assignment                            { $$ = py_assign(py, @$, $1); }
    | star_tests AUGMENT rhs                { $$ = py_augmented(py, @$, $1, $2, $3); }
    | star_tests ':' test                   { $$ = py_annotated(py, @$, $1, $3, NULL); }
    | star_tests ':' test '=' rhs           { $$ = py_annotated(py, @$, $1, $3, $5); }
    ;

assignment
    : star_tests '=' rhs                    { $$ = ONE($1); $$ = ADD($$, $3); }
    | yield_expression '=' rhs              { $$ = ONE($1); $$ = ADD($$, $3); }
    | assignment '=' rhs                    { $$ = ADD($1, $3); }
    ;

rhs : yield_expression | star_tests ;

yield_expression
    : YIELD                                 { $$ = MAKE(N_YIELD, @$, NULL, NULL, NULL); }
    | YIELD star_tests                      { $$ = MAKE(N_YIELD, @$, $2, NULL, NULL); }
    | YIELD FROM test                       { $$ = MAKE(N_YIELD_FROM, @$, $3, NULL, NULL); }
    ;

import_statement
    : IMPORT aliases                        { $$ = SEQ(N_IMPORT, @$, $2); }
    ;

aliases
    : alias                                 { $$ = ONE($1); }
    | aliases ',' alias                     { $$ = ADD($1, $3); }
    ;

alias
    : dotted_name                           { $$ = py_named(py, N_ALIAS, @$, $1); }
    | dotted_name AS NAME                   { $$ = py_named(py, N_ALIAS, @$, $1); $$->text2 = $3; }
    ;

dotted_name
    : NAME
    | dotted_name '.' NAME                  { $$ = py_dotted(py, @$, $1, $3); }
    ;

dots
    : '.'                                   { $$ = py_node(py, N_FROM, @$); $$->level = 1; }
    | DOTS                                  { $$ = py_node(py, N_FROM, @$); $$->level = 3; }
    | dots '.'                              { $$ = $1; $$->level += 1; }
    | dots DOTS                             { $$ = $1; $$->level += 3; }
    ;

from_statement
    : FROM dotted_name IMPORT from_names    { $$ = SEQ(N_FROM, @$, $4); $$->level = 0; py_text($$, $2); }
    | FROM dots dotted_name IMPORT from_names { $$ = SEQ(N_FROM, @$, $5); $$->level = $2->level; py_text($$, $3); }
    | FROM dots IMPORT from_names           { $$ = SEQ(N_FROM, @$, $4); $$->level = $2->level; }
    ;

from_names
    : '*'                                   { $$ = ONE(py_named(py, N_ALIAS, @1, "*")); }
    | from_list                             { $$ = $<list>1; }
    | '(' from_list comma_opt ')'           { $$ = $<list>2; }
    ;

from_list
    : from_name                             { $<list>$ = ONE($1); }
    | from_list ',' from_name               { $<list>$ = ADD($<list>1, $3); }
    ;

from_name
    : NAME                                  { $$ = py_named(py, N_ALIAS, @$, $1); }
    | NAME AS NAME                          { $$ = py_named(py, N_ALIAS, @$, $1); $$->text2 = $3; }
    ;

comma_opt : %empty | ',' ;

/* ---- compound statements ---- */

block
    : simple_line
    | NEWLINE INDENT statements DEDENT      { $$ = $3; }
    | NEWLINE error                         { $$ = LIST0; }
    ;

compound
    : if_statement | while_statement | for_statement | try_statement | with_statement | match_statement | decorated
    | function | class
    | ASYNC for_statement                   { $$ = $2; $$->is_async = true; $$->at.start = @1.start; }
    | ASYNC with_statement                  { $$ = $2; $$->is_async = true; $$->at.start = @1.start; }
    | ASYNC function                        { $$ = $2; $$->is_async = true; $$->at.start = @1.start; }
    ;

if_statement
    : IF named ':' block if_tail            { $$ = py_if(py, @$, $2, $4, $5); }
    ;

if_tail
    : else_opt
    | ELIF named ':' block if_tail          { $$ = ONE(py_if(py, @$, $2, $4, $5)); }
    ;

else_opt
    : %empty                                { $$ = LIST0; }
    | ELSE ':' block                        { $$ = $3; }
    ;

while_statement
    : WHILE named ':' block else_opt        {
            $$ = py_node(py, N_WHILE, @$);
            $$->a = $2; $$->body = $4; $$->orelse = $5;
        }
    ;

for_statement
    : FOR targets IN star_tests ':' block else_opt {
            $$ = py_node(py, N_FOR, @$);
            $$->a = py_target(py, $2); $$->b = $4; $$->body = $6; $$->orelse = $7;
        }
    ;

try_statement
    : TRY ':' block handlers else_opt finally_opt {
            $$ = py_try(py, @$, $3, $4);
            $$->orelse = $5; $$->last = $6;
        }
    | TRY ':' block FINALLY ':' block       { $$ = py_try(py, @$, $3, LIST0); $$->last = $6; }
    ;

finally_opt
    : %empty                                { $$ = LIST0; }
    | FINALLY ':' block                     { $$ = $3; }
    ;

handlers
    : handler                               { $$ = ONE($1); }
    | handlers handler                      { $$ = ADD($1, $2); }
    ;

handler
    : EXCEPT ':' block                      { $$ = py_handler(py, @$, NULL, NULL, false, $3); }
    | EXCEPT test ':' block                 { $$ = py_handler(py, @$, $2, NULL, false, $4); }
    | EXCEPT test AS NAME ':' block         { $$ = py_handler(py, @$, $2, $4, false, $6); }
    | EXCEPT '*' test ':' block             { $$ = py_handler(py, @$, $3, NULL, true, $5); }
    | EXCEPT '*' test AS NAME ':' block     { $$ = py_handler(py, @$, $3, $5, true, $7); }
    ;

with_statement
    : with_head block                       { $$ = $1; $$->body = $2; $$->at.end = @$.end; }
    ;

with_head
    : WITH with_items ':'                   { $$ = py_with(py, @$, $2); }
    ;

with_items
    : with_item                             { $$ = ONE($1); }
    | with_items ',' with_item              { $$ = ADD($1, $3); }
    ;

with_item
    : test                                  { $$ = MAKE(N_WITH_ITEM, @$, $1, NULL, NULL); }
    | test AS expr                          { $$ = MAKE(N_WITH_ITEM, @$, $1, py_target(py, $3), NULL); }
    ;

decorated
    : decorators function                   { $$ = $2; $$->kids = $1; }
    | decorators ASYNC function             { $$ = $3; $$->kids = $1; $$->is_async = true; }
    | decorators class                      { $$ = $2; $$->kids = $1; }
    ;

decorators
    : '@' named NEWLINE                     { $$ = ONE($2); }
    | decorators '@' named NEWLINE          { $$ = ADD($1, $3); }
    ;

function
    : DEF NAME type_params_opt '(' params_opt ')' return_opt ':' block {
            $$ = py_named(py, N_FUNCTION, @$, $2);
            $$->params = $5; $$->a = $7; $$->body = $9;
        }
    ;

return_opt
    : %empty                                { $$ = NULL; }
    | ARROW test                            { $$ = $2; }
    ;

class
    : CLASS NAME type_params_opt ':' block  { $$ = py_named(py, N_CLASS, @$, $2); $$->body = $5; }
    | CLASS NAME type_params_opt '(' args ')' ':' block {
            $$ = py_named(py, N_CLASS, @$, $2);
            $$->b = py_call(py, @4, NULL, $5); $$->body = $8;
        }
    ;

type_params_opt
    : %empty
    | '[' type_params comma_opt ']'
    ;

type_params : type_param | type_params ',' type_param ;

type_param
    : NAME
    | NAME ':' test
    | '*' NAME
    | POWER NAME
    ;

params_opt
    : %empty                                { $$ = LIST0; }
    | params comma_opt                      { $$ = py_params(py, $1); }
    ;

params
    : param                                 { $$ = ONE($1); }
    | params ',' param                      { $$ = ADD($1, $3); }
    ;

param
    : NAME annotation_opt default_opt       { $$ = py_param(py, @$, 0, $1, $2, $3); }
    | '*'                                   { $$ = py_param(py, @$, 3, NULL, NULL, NULL); }
    | '*' NAME annotation_opt               { $$ = py_param(py, @$, 1, $2, $3, NULL); }
    | '*' NAME ':' '*' expr                 {
            $$ = py_param(py, @$, 1, $2, MAKE(N_STAR, @5, $5, NULL, NULL), NULL);
        }
    | POWER NAME annotation_opt             { $$ = py_param(py, @$, 2, $2, $3, NULL); }
    | '/'                                   { $$ = py_param(py, @$, 4, NULL, NULL, NULL); }
    ;

annotation_opt
    : %empty                                { $$ = NULL; }
    | ':' test                              { $$ = $2; }
    ;

default_opt
    : %empty                                { $$ = NULL; }
    | '=' test                              { $$ = $2; }
    ;

lambda_params_opt
    : %empty                                { $$ = LIST0; }
    | lambda_params comma_opt               { $$ = py_params(py, $1); }
    ;

lambda_params
    : lambda_param                          { $$ = ONE($1); }
    | lambda_params ',' lambda_param        { $$ = ADD($1, $3); }
    ;

lambda_param
    : NAME default_opt                      { $$ = py_param(py, @$, 0, $1, NULL, $2); }
    | '*'                                   { $$ = py_param(py, @$, 3, NULL, NULL, NULL); }
    | '*' NAME                              { $$ = py_param(py, @$, 1, $2, NULL, NULL); }
    | POWER NAME                            { $$ = py_param(py, @$, 2, $2, NULL, NULL); }
    | '/'                                   { $$ = py_param(py, @$, 4, NULL, NULL, NULL); }
    ;

/* ---- match: patterns are kept as expressions ---- */

match_statement
    : MATCH match_subject ':' NEWLINE INDENT cases DEDENT {
            $$ = MAKE(N_MATCH, @$, $<node>2, NULL, NULL);
            $$->body = $6;
        }
    ;

match_subject
    : named                                 { $<node>$ = $1; }
    | star_or_named ','                     { $<node>$ = SEQ(N_TUPLE, @$, ONE($<node>1)); }
    | match_subjects comma_opt              { $<node>$ = SEQ(N_TUPLE, @$, $<list>1); }
    ;

match_subjects
    : star_or_named ',' element             { $<list>$ = ONE($<node>1); $<list>$ = ADD($<list>$, $3); }
    | match_subjects ',' element            { $<list>$ = ADD($<list>1, $3); }
    ;

star_or_named
    : named                                 { $<node>$ = $1; }
    | '*' expr                              { $<node>$ = MAKE(N_STAR, @$, $2, NULL, NULL); }
    ;

cases
    : case                                  { $$ = ONE($1); }
    | cases case                            { $$ = ADD($1, $2); }
    ;

case
    : CASE patterns guard_opt ':' block     { $$ = MAKE(N_CASE, @$, $2, $3, NULL); $$->body = $5; }
    ;

guard_opt
    : %empty                                { $$ = NULL; }
    | IF named                              { $$ = $2; }
    ;

patterns
    : pattern
    | maybe_star_pattern ','                { $$ = SEQ(N_TUPLE, @$, ONE($1)); }
    | maybe_star_pattern ',' closed_patterns comma_opt {
            $$ = SEQ(N_TUPLE, @$, py_chain(py, ONE($1), $3));
        }
    ;

closed_patterns
    : maybe_star_pattern                    { $$ = ONE($1); }
    | closed_patterns ',' maybe_star_pattern { $$ = ADD($1, $3); }
    ;

maybe_star_pattern
    : pattern
    | '*' NAME                              {
            $$ = MAKE(N_STAR, @$, py_named(py, N_NAME, @2, $2), NULL, NULL);
        }
    ;

pattern
    : or_pattern
    | or_pattern AS NAME                    {
            $$ = MAKE(N_WALRUS, @$, py_named(py, N_NAME, @3, $3), $1, NULL);
        }
    ;

or_pattern
    : closed_pattern
    | or_pattern '|' closed_pattern         { $$ = OP(N_BINARY, @$, "|", $1, $3); }
    ;

closed_pattern
    : literal_pattern
    | dotted_pattern
    | '(' ')'                               { $$ = SEQ(N_TUPLE, @$, LIST0); }
    | '(' patterns ')'                      { $$ = $2; }
    | '[' ']'                               { $$ = SEQ(N_LIST, @$, LIST0); }
    | '[' closed_patterns comma_opt ']'     { $$ = SEQ(N_LIST, @$, $2); }
    | '{' '}'                               { $$ = SEQ(N_DICT, @$, LIST0); }
    | '{' mapping comma_opt '}'             { $$ = SEQ(N_DICT, @$, $2); }
    | dotted_pattern '(' ')'                { $$ = py_call(py, @$, $1, LIST0); }
    | dotted_pattern '(' pattern_args comma_opt ')' { $$ = py_call(py, @$, $1, $3); }
    ;

literal_pattern
    : signed
    | signed '+' NUMBER                     { $$ = OP(N_BINARY, @$, "+", $1, $3); }
    | signed '-' NUMBER                     { $$ = OP(N_BINARY, @$, "-", $1, $3); }
    | strings                               { $$ = py_join_strings(py, @$, $1); }
    | NONE                                  { $$ = MAKE(N_NONE, @$, NULL, NULL, NULL); }
    | TRUE                                  { $$ = MAKE(N_TRUE, @$, NULL, NULL, NULL); }
    | FALSE                                 { $$ = MAKE(N_FALSE, @$, NULL, NULL, NULL); }
    ;

signed
    : NUMBER
    | '-' NUMBER                            { $$ = OP(N_UNARY, @$, "-", $2, NULL); }
    ;

dotted_pattern
    : NAME                                  { $$ = py_named(py, N_NAME, @$, $1); }
    | dotted_pattern '.' NAME               { $$ = MAKE(N_ATTRIBUTE, @$, $1, NULL, NULL); py_text($$, $3); }
    ;

mapping
    : pattern_key ':' pattern               { $$ = ONE($1); $$ = ADD($$, $3); }
    | POWER NAME                            { $$ = ONE(NULL); $$ = ADD($$, py_named(py, N_NAME, @2, $2)); }
    | mapping ',' pattern_key ':' pattern   { $$ = ADD($1, $3); $$ = ADD($$, $5); }
    | mapping ',' POWER NAME                { $$ = ADD($1, NULL); $$ = ADD($$, py_named(py, N_NAME, @4, $4)); }
    ;

pattern_key
    : literal_pattern
    | dotted_pattern '.' NAME               { $$ = MAKE(N_ATTRIBUTE, @$, $1, NULL, NULL); py_text($$, $3); }
    ;

pattern_args
    : pattern_arg                           { $$ = ONE($1); }
    | pattern_args ',' pattern_arg          { $$ = ADD($1, $3); }
    ;

pattern_arg
    : pattern
    | NAME '=' pattern                      { $$ = MAKE(N_KEYWORD, @$, $3, NULL, NULL); py_text($$, $1); }
    ;

/* ---- expressions ---- */

star_tests
    : star_or_test
    | star_or_test ','                      { $$ = SEQ(N_TUPLE, @$, ONE($1)); }
    | star_or_test ',' star_list comma_opt  { $$ = SEQ(N_TUPLE, @$, py_chain(py, ONE($1), $<list>3)); }
    ;

star_list
    : star_or_test                          { $<list>$ = ONE($1); }
    | star_list ',' star_or_test            { $<list>$ = ADD($<list>1, $3); }
    ;

star_or_test
    : test
    | '*' expr                              { $$ = MAKE(N_STAR, @$, $2, NULL, NULL); }
    ;

targets
    : star_or_expr
    | star_or_expr ','                      { $$ = SEQ(N_TUPLE, @$, ONE($1)); }
    | star_or_expr ',' target_list comma_opt { $$ = SEQ(N_TUPLE, @$, py_chain(py, ONE($1), $<list>3)); }
    ;

target_list
    : star_or_expr                          { $<list>$ = ONE($1); }
    | target_list ',' star_or_expr          { $<list>$ = ADD($<list>1, $3); }
    ;

star_or_expr
    : expr
    | '*' expr                              { $$ = MAKE(N_STAR, @$, $2, NULL, NULL); }
    ;

named
    : test
    | test WALRUS test                      { $$ = py_walrus(py, @$, $1, $3); }
    ;

test
    : bool
    | bool IF bool ELSE test                { $$ = MAKE(N_CONDITIONAL, @$, $1, $3, $5); }
    | LAMBDA lambda_params_opt ':' test     { $$ = MAKE(N_LAMBDA, @$, $4, NULL, NULL); $$->params = $2; }
    ;

bool
    : comparison
    | NOT bool                              { $$ = OP(N_UNARY, @$, "not", $2, NULL); }
    | bool AND bool                         { $$ = OP(N_BOOL_OP, @$, "and", $1, $3); }
    | bool OR bool                          { $$ = OP(N_BOOL_OP, @$, "or", $1, $3); }
    ;

comparison
    : expr
    | comparison compare_op expr            { $$ = py_compare(py, @$, $1, $2, $3); }
    ;

compare_op
    : COMPARE
    | IN                                    { $$ = "in"; }
    | NOT IN                                { $$ = "not in"; }
    | IS                                    { $$ = "is"; }
    | IS NOT                                { $$ = "is not"; }
    ;

expr
    : primary
    | AWAIT primary                         { $$ = MAKE(N_AWAIT, @$, $2, NULL, NULL); }
    | '-' expr %prec UNARY                  { $$ = OP(N_UNARY, @$, "-", $2, NULL); }
    | '+' expr %prec UNARY                  { $$ = OP(N_UNARY, @$, "+", $2, NULL); }
    | '~' expr %prec UNARY                  { $$ = OP(N_UNARY, @$, "~", $2, NULL); }
    | expr POWER expr                       { $$ = OP(N_BINARY, @$, "**", $1, $3); }
    | expr '*' expr                         { $$ = OP(N_BINARY, @$, "*", $1, $3); }
    | expr '/' expr                         { $$ = OP(N_BINARY, @$, "/", $1, $3); }
    | expr FLOOR expr                       { $$ = OP(N_BINARY, @$, "//", $1, $3); }
    | expr '%' expr                         { $$ = OP(N_BINARY, @$, "%", $1, $3); }
    | expr '@' expr                         { $$ = OP(N_BINARY, @$, "@", $1, $3); }
    | expr '+' expr                         { $$ = OP(N_BINARY, @$, "+", $1, $3); }
    | expr '-' expr                         { $$ = OP(N_BINARY, @$, "-", $1, $3); }
    | expr LEFT expr                        { $$ = OP(N_BINARY, @$, "<<", $1, $3); }
    | expr RIGHT expr                       { $$ = OP(N_BINARY, @$, ">>", $1, $3); }
    | expr '&' expr                         { $$ = OP(N_BINARY, @$, "&", $1, $3); }
    | expr '^' expr                         { $$ = OP(N_BINARY, @$, "^", $1, $3); }
    | expr '|' expr                         { $$ = OP(N_BINARY, @$, "|", $1, $3); }
    ;

primary
    : atom
    | primary '.' NAME                      { $$ = MAKE(N_ATTRIBUTE, @$, $1, NULL, NULL); py_text($$, $3); }
    | primary '(' args ')'                  { $$ = py_call(py, @$, $1, $3); }
    | primary '[' subscripts comma_opt ']'  {
            bool tuple = $3.count > 1 || @4.end > @4.start || $3.item[0]->kind == N_STAR;
            $$ = MAKE(N_SUBSCRIPT, @$, $1, tuple ? SEQ(N_TUPLE, @3, $3) : $3.item[0], NULL);
        }
    ;

atom
    : NAME                                  { $$ = py_named(py, N_NAME, @$, $1); }
    | NUMBER
    | strings                               { $$ = py_join_strings(py, @$, $1); }
    | DOTS                                  { $$ = MAKE(N_ELLIPSIS, @$, NULL, NULL, NULL); }
    | NONE                                  { $$ = MAKE(N_NONE, @$, NULL, NULL, NULL); }
    | TRUE                                  { $$ = MAKE(N_TRUE, @$, NULL, NULL, NULL); }
    | FALSE                                 { $$ = MAKE(N_FALSE, @$, NULL, NULL, NULL); }
    | '(' ')'                               { $$ = py_paren(py, @$, LIST0, true); }
    | '(' yield_expression ')'              { $$ = $2; $$->parenthesized = true; }
    | '(' paren_elements comma_opt ')'      { $$ = py_paren(py, @$, $2, @3.end > @3.start); }
    | '(' paren_element comp_for ')'        {
            $$ = py_comprehension(py, N_GENERATOR, @$, $2, NULL, $3);
            $$->parenthesized = true;
        }
    | '[' ']'                               { $$ = SEQ(N_LIST, @$, LIST0); }
    | '[' elements comma_opt ']'            { $$ = SEQ(N_LIST, @$, $2); }
    | '[' element comp_for ']'              { $$ = py_comprehension(py, N_LIST_COMP, @$, $2, NULL, $3); }
    | '{' '}'                               { $$ = SEQ(N_DICT, @$, LIST0); }
    | '{' elements comma_opt '}'            { $$ = SEQ(N_SET, @$, $2); }
    | '{' element comp_for '}'              { $$ = py_comprehension(py, N_SET_COMP, @$, $2, NULL, $3); }
    | '{' dict_items comma_opt '}'          { $$ = SEQ(N_DICT, @$, $2); }
    | '{' test ':' test comp_for '}'        { $$ = py_comprehension(py, N_DICT_COMP, @$, $2, $4, $5); }
    ;

element
    : named
    | '*' expr                              { $$ = MAKE(N_STAR, @$, $2, NULL, NULL); }
    ;

elements
    : element                               { $$ = ONE($1); }
    | elements ',' element                  { $$ = ADD($1, $3); }
    ;

paren_element
    : element
    | test AS expr                          { $$ = MAKE(N_WITH_ITEM, @$, $1, py_target(py, $3), NULL); }
    ;

paren_elements
    : paren_element                         { $$ = ONE($1); }
    | paren_elements ',' paren_element      { $$ = ADD($1, $3); }
    ;

dict_items
    : test ':' test                         { $$ = ONE($1); $$ = ADD($$, $3); }
    | POWER expr                            { $$ = ONE(NULL); $$ = ADD($$, $2); }
    | dict_items ',' test ':' test          { $$ = ADD($1, $3); $$ = ADD($$, $5); }
    | dict_items ',' POWER expr             { $$ = ADD($1, NULL); $$ = ADD($$, $4); }
    ;

comp_for
    : comp_clause                           { $$ = ONE($1); }
    | comp_for comp_clause                  { $$ = ADD($1, $2); }
    ;

comp_clause
    : FOR targets IN bool conditions        {
            $$ = MAKE(N_FOR_CLAUSE, @$, py_target(py, $2), $4, NULL);
            $$->kids = $5;
        }
    | ASYNC FOR targets IN bool conditions  {
            $$ = MAKE(N_FOR_CLAUSE, @$, py_target(py, $3), $5, NULL);
            $$->kids = $6; $$->is_async = true;
        }
    ;

conditions
    : %empty                                { $$ = LIST0; }
    | conditions condition                  { $$ = ADD($1, $2); }
    ;

condition : IF bool                         { $$ = $2; } ;

args
    : %empty                                { $$ = LIST0; }
    | arg_list comma_opt                    { $$ = py_args(py, $1, @2.end > @2.start); }
    ;

arg_list
    : arg                                   { $$ = ONE($1); }
    | arg_list ',' arg                      { $$ = ADD($1, $3); }
    ;

arg
    : named
    | test '=' test                         { $$ = py_keyword(py, @$, $1, $3); }
    | '*' test                              { $$ = MAKE(N_STAR, @$, $2, NULL, NULL); }
    | POWER test                            { $$ = MAKE(N_KEYWORD, @$, $2, NULL, NULL); }
    | named comp_for                        { $$ = py_comprehension(py, N_GENERATOR, @$, $1, NULL, $2); }
    ;

subscripts
    : subscript                             { $$ = ONE($1); }
    | subscripts ',' subscript              { $$ = ADD($1, $3); }
    ;

subscript
    : named
    | '*' expr                              { $$ = MAKE(N_STAR, @$, $2, NULL, NULL); }
    | slice_part ':' slice_part             { $$ = MAKE(N_SLICE, @$, $1, $3, NULL); }
    | slice_part ':' slice_part ':' slice_part { $$ = MAKE(N_SLICE, @$, $1, $3, $5); }
    ;

slice_part
    : %empty                                { $$ = NULL; }
    | test
    ;

strings
    : STRING                                { $$ = ONE($1); }
    | fstring                               { $$ = ONE($1); }
    | strings STRING                        { $$ = ADD($1, $2); }
    | strings fstring                       { $$ = ADD($1, $2); }
    ;

fstring
    : FSTART fparts FEND                    { $$ = SEQ(N_FSTRING, @$, $2); }
    ;

fparts
    : %empty                                { $$ = LIST0; }
    | fparts FMIDDLE                        { $$ = ADD($1, $2); }
    | fparts field                          { $$ = py_chain(py, $1, $2); }
    ;

field
    : FIELD rhs debug_opt conversion_opt spec_opt FIELD_END {
            struct node *n = MAKE(N_FORMAT, @$, $2, $5, NULL);
            size_t end = $4 ? @4.start : $5 ? @5.start : @6.start;
            py_text(n, $4);
            $$ = py_field(py, n, @1, @3.end > @3.start, end);
        }
    ;

debug_opt : %empty | '=' ;

conversion_opt
    : %empty                                { $$ = NULL; }
    | BANG NAME                             { $$ = py_conversion(py, @1, @2, $2); }
    ;

spec_opt
    : %empty                                { $$ = NULL; }
    | SPEC fparts                           { $$ = SEQ(N_FSTRING, @$, $2); }
    ;

%%

static void
python_error(const struct extent *at, struct python *py, const char *message)
{
    (void)message;      /* only "memory exhausted" comes here: the stack is full */
    py_deep(py, *at);
}

static int
yyreport_syntax_error(const yypcontext_t *context, struct python *py)
{
    enum { ROOM = 128 };
    yysymbol_kind_t symbols[ROOM];
    const char *names[ROOM];
    yysymbol_kind_t found = yypcontext_token(context);
    int n = yypcontext_expected_tokens(context, symbols, ROOM);
    int count = 0;

    if (n < 0)
        return n;
    for (int i = 0; i < n; i++) {
        if (symbols[i] == YYSYMBOL_YYerror)
            continue;
        names[count++] = yysymbol_name(symbols[i]);
    }
    py_unexpected(py, *yypcontext_location(context), found == YYSYMBOL_YYEMPTY ? NULL : yysymbol_name(found),
                  names, count);
    return 0;
}

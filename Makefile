# cnnc: make, make demo, make check, make install; `make help` lists the rest.
PREFIX ?= /usr/local
CC ?= gcc
B := build
V ?= @
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
PKGS := hdf5 libzip jansson libprotobuf-c
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -DCNNC_VERSION='"$(shell cat VERSION)"' -Icompiler -Ifrontends -I$(B) $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LDLIBS += $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lm
ifdef SAN
B := build/san
CFLAGS := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
endif

OPS := $(wildcard compiler/ops/*.c)
SRC := $(wildcard compiler/*.c compiler/*/*.c compiler/ops/base/*.c frontends/*/*.c)
TEMPLATES := $(patsubst runtime_templates/%.c.in,$(B)/templates/%.inc,$(wildcard runtime_templates/*.c.in))
OBJ := $(patsubst %.c,$(B)/obj/%.o,$(SRC)) $(B)/obj/lexer.o $(B)/obj/parser.o $(B)/obj/onnx.pb-c.o
LIB := $(filter-out $(B)/obj/compiler/main.o,$(OBJ))
UNITS := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*.c))

.SECONDARY: $(TEMPLATES)
.PHONY: all deps demo check clang check-onnx check-targets check-threads fuzz units golden cli judge judge-applications install clean help asan lint coverage format golden-update specimens-update bench bench-layers compile_commands.json conformance
all: $(B)/cnnc

help:
	@grep -hE '^# [a-z-]+:' Makefile | sed 's/^# //'

# all: build/cnnc
$(B)/cnnc: $(OBJ)
	@echo "  LD $@"
	$(V)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(LDLIBS)

$(B)/obj/%.o: %.c | $(TEMPLATES) $(B)/ops.inc $(B)/applications.inc $(B)/parser.h $(B)/onnx.pb-c.h
	@mkdir -p $(@D)
	$(V)$(CC) -std=c11 $(CPPFLAGS) $(WARN) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/obj/lexer.o: $(B)/lexer.c $(B)/parser.h
	@mkdir -p $(@D)
	$(V)$(CC) -std=c11 $(CPPFLAGS) -Ifrontends/cnn -Wall $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/obj/parser.o: $(B)/parser.c
	@mkdir -p $(@D)
	$(V)$(CC) -std=c11 $(CPPFLAGS) -Ifrontends/cnn -Wall $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/lexer.c: frontends/cnn/lexer.l
	@mkdir -p $(@D)
	$(V)flex -o $@ $<

$(B)/parser.c $(B)/parser.h &: frontends/cnn/parser.y
	@mkdir -p $(@D)
	$(V)bison --defines=$(B)/parser.h -o $(B)/parser.c $<

# The schema of ONNX is Debian's, from libonnx-dev.
ONNX_PROTO := $(firstword $(wildcard /usr/include/onnx/onnx.proto /usr/local/include/onnx/onnx.proto))
$(B)/onnx.pb-c.c $(B)/onnx.pb-c.h &: $(ONNX_PROTO)
	@mkdir -p $(@D)
	$(V)protoc-c --proto_path=$(dir $(ONNX_PROTO)) --c_out=$(B) onnx.proto

$(B)/obj/onnx.pb-c.o: $(B)/onnx.pb-c.c
	@mkdir -p $(@D)
	$(V)$(CC) -std=c11 $(CPPFLAGS) -Wall $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/stencil: runtime_templates/stencil.l
	@mkdir -p $(@D)
	$(V)flex -o $(B)/stencil.c $< && $(CC) -O1 -o $@ $(B)/stencil.c

$(B)/templates/%.inc: runtime_templates/%.c.in $(B)/stencil
	@mkdir -p $(@D)
	$(V)$(B)/stencil $< > $@.part && mv $@.part $@

# The texts of keras.applications as tables of lines, one C string a line.
$(B)/applications.inc: $(sort $(wildcard frontends/cnn/applications/*.py))
	@mkdir -p $(@D)
	$(V)for f in $^; do echo "{ \"$$(basename $$f .py)\", (const char *const[]){"; \
	    sed -e 's/[\\"]/\\&/g' -e 's/.*/"&\\n",/' $$f; echo 'NULL } },'; done > $@.part && mv $@.part $@

# The operator table: every `const struct opdef x` of the operators' files, a family of operators may share a file.
$(B)/ops.inc: $(OPS)
	@mkdir -p $(@D)
	$(V)sed -nE 's/^const struct opdef ([a-z0-9_]+) = .*/OP(\1)/p' $(sort $(OPS)) > $@.part
	@cmp -s $@.part $@ && touch $@ || cp $@.part $@

# deps: install what is missing (Debian packages, test packages)
deps:
	$(V)sh tools/install.sh

# demo: compile examples/digits and read pictures with it
demo: deps
	$(V)$(MAKE) all
	$(V)cd examples/digits && sh run.sh

# check: build and run every test
check:
	$(V)sh tools/install.sh --python
	$(V)$(MAKE) -j2 all units
	$(V)bash tests/run.sh $(B)

# fuzz: damaged ONNX files through the compiler under sanitizers, 20 files, N=2000 mutations each
N ?= 2000
fuzz:
	$(V)$(MAKE) SAN=1 build/san/fuzz/onnx
	$(V).venv/bin/python tests/onnx/cases.py build/onnx
	$(V)bash tests/fuzz/run.sh build/san $(N)

$(B)/fuzz/onnx: tests/fuzz/onnx.c $(LIB)
	@mkdir -p $(@D)
	$(V)$(CC) -std=c11 $(CPPFLAGS) $(WARN) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS)

units: $(UNITS) $(B)/specimens-maker

$(B)/specimens-maker: tests/specimens/specimens.c $(LIB)
	$(V)$(CC) -std=c11 $(CPPFLAGS) $(WARN) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS)

$(B)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(V)$(CC) -std=c11 $(CPPFLAGS) $(WARN) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS) $(shell pkg-config --libs criterion)

# conformance: the parser against Python's own, over Python's library and the packages of .venv (minutes)
conformance: all
	$(V)python3 tests/parser/compare.py $$(python3 -c 'import sysconfig; print(sysconfig.get_paths()["stdlib"])') $(B)/cnnc --dump=tree
	$(V).venv/bin/python tests/parser/compare.py .venv/lib $(B)/cnnc --dump=tree

# judge: the model texts of tests/keras against real Keras (installs it into .venv)
judge: all
	$(V)sh tools/install.sh --python
	$(V)python3 tests/keras/files.py --cnnc $(B)/cnnc
	$(V).venv/bin/python tests/keras/judge.py -j2
	$(V).venv/bin/python tests/keras/judge.py -j2 --files
	$(V).venv/bin/python tests/keras/old_files.py

# judge-applications: every network of keras.applications against Keras' own (many minutes)
judge-applications: all
	$(V)sh tools/install.sh --python
	$(V).venv/bin/python tests/keras/networks.py

# check-onnx: ONNX' official tests, all classes; ONNX="words" chooses some
check-onnx: all
	$(V)sh tools/install.sh --python
	$(V).venv/bin/python tests/onnx/run.py -j2 $(ONNX)
	$(V).venv/bin/python tests/onnx/windows.py -j2
	$(V).venv/bin/python tests/onnx/patterns.py --cnnc $(B)/cnnc
	$(V).venv/bin/python tests/onnx/quantized.py
	$(V).venv/bin/python tests/onnx/both_ways.py -j2 --models $(B)/onnx/torch --models $(B)/onnx/torch-dynamo $(if $(wildcard ../shared/models),--models ../shared/models)
	$(V).venv/bin/python tests/onnx/runtime_operators.py
	$(V).venv/bin/python tests/onnx/large.py

# check-threads: --threads on all models of tests/keras, under ThreadSanitizer too (minutes)
check-threads: all
	$(V)bash tests/threads/run.sh $(B) --all

# check-targets: all samples and whole nets on emulated processors (minutes)
check-targets: all units
	$(V)sh tools/install.sh --python
	$(V)bash tests/targets/run.sh $(B) 1

# golden-update: rewrite what tests/golden expects; review the diff
golden-update: all
	$(V)bash tests/golden/run.sh $(B)/cnnc --update

# specimens-update: rewrite the emitted C under tests/specimens/emitted; review the diff
specimens-update: units
	$(V)rm -rf $(B)/emitted tests/specimens/emitted && mkdir -p $(B)/emitted tests/specimens/emitted
	$(V)$(B)/specimens-maker $(B)/emitted && for f in $(B)/emitted/*-0.c $(B)/emitted/*-0-[a-z]*.c; do case $$f in *ReLU*|*.main.c) ;; *) cp $$f tests/specimens/emitted/ ;; esac; done

# asan: build/san/cnnc with sanitizers
asan:
	$(V)$(MAKE) SAN=1 all

# coverage: what the unit, golden and specimen tests reach, by gcov (build/cov)
coverage:
	$(V)$(MAKE) B=build/cov CFLAGS="-O0 -g --coverage" LDFLAGS=--coverage -j2 all units
	$(V)for t in build/cov/unit/*; do $$t > /dev/null 2>&1; done; bash tests/golden/run.sh build/cov/cnnc; build/cov/specimens-maker $$(mktemp -d) > /dev/null 2>&1; true
	$(V)find build/cov -name '*.gcda' | xargs gcov -n 2>/dev/null | awk '/^File/ { f = $$2 } /^Lines/ && f ~ /compiler|frontends/ { print $$2, f; f = "" }' | sed 's/executed://' | sort -n

# clang: the sources are without a warning by clang as well
clang: $(B)/cnnc
	$(V)printf '%s\n' $(SRC) | xargs -P2 -n8 clang -std=c11 $(CPPFLAGS) $(WARN) -fsyntax-only
	$(V)echo "$(words $(SRC)) passed, 0 failed"

# lint: layers of includes, long lines and functions
lint:
	$(V)python3 tools/lint.py

# bench: the generated C against other engines on one thread; MODELS=dir adds model files, BENCH="options words"
bench: all
	$(V)sh tools/install.sh --bench
	$(V).venv-bench/bin/python tests/bench/bench.py $(if $(MODELS),--models=$(MODELS)) $(BENCH)

# bench-layers: the same, layer by layer
bench-layers: all
	$(V)sh tools/install.sh --bench
	$(V).venv-bench/bin/python tests/bench/bench.py --layers $(BENCH)

# format: clang-format over the sources
format:
	$(V)clang-format -i $(SRC) $(wildcard compiler/*.h compiler/*/*.h frontends/*.h frontends/*/*.h)

# compile_commands.json: for editors
compile_commands.json:
	$(V)python3 tools/compile_commands.py "$(CC) -std=c11 $(CPPFLAGS) $(CFLAGS)" $(SRC) > $@

# install: cnnc, man page and completion below PREFIX
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(B)/cnnc $(DESTDIR)$(PREFIX)/bin/cnnc
	install -m 644 docs/cnnc.1 $(DESTDIR)$(PREFIX)/share/man/man1/cnnc.1
	install -m 644 docs/completion/cnnc.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/cnnc

# clean: remove build/
clean:
	rm -rf build

-include $(OBJ:.o=.d)

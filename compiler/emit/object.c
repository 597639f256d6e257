/*
 * object.c - a relocatable ELF64 object file with one symbol, a block of read-only bytes (System V
 * ABI, chapter 4 "Object Files").
 *
 * Sections: null, .rodata (the block), .symtab (null, the symbol), .strtab, .shstrtab,
 * .note.GNU-stack (no executable stack).
 */
#include "emit/emit.h"

#include <elf.h>
#include <string.h>

enum { NONE, RODATA, SYMTAB, STRTAB, SHSTRTAB, STACK_NOTE, SECTIONS };

struct machine {
    uint16_t elf;
    const char *macro;
}; /* macro: compilers for it define */

static struct machine machine_of(const char *target)
{
    static const struct machine arm = { EM_AARCH64, "__aarch64__" },
                                x86 = { EM_X86_64, "__x86_64__" };
    if (target && strncmp(target, "arm", 3) == 0)
        return arm;
    if (target && strncmp(target, "x86", 3) == 0)
        return x86;
#if defined __aarch64__
    return arm;
#elif defined __riscv
    return (struct machine){ EM_RISCV, "__riscv" };
#else
    return x86;
#endif
}

const char *object_macro(const char *target)
{
    return machine_of(target).macro;
}

/* Offsets in the file of what stands in it one behind the other, and sizes. */
struct places {
    size_t block, size, symbols, strings, symbol, names, sections;
};

static const char section_names[] = "\0.rodata\0.symtab\0.strtab\0.shstrtab\0.note.GNU-stack";

static void fill_sections(Elf64_Shdr *s, const struct places *p)
{
    static const Elf64_Word name_at[SECTIONS] = { 0, 1, 9, 17, 25, 35 };
    s[RODATA] = (Elf64_Shdr){ .sh_type = SHT_PROGBITS,
                              .sh_flags = SHF_ALLOC,
                              .sh_offset = p->block,
                              .sh_size = p->size,
                              .sh_addralign = 64 };
    s[SYMTAB] = (Elf64_Shdr){ .sh_type = SHT_SYMTAB,
                              .sh_offset = p->symbols,
                              .sh_size = 2 * sizeof(Elf64_Sym),
                              .sh_link = STRTAB,
                              .sh_info = 1,
                              .sh_addralign = 8,
                              .sh_entsize = sizeof(Elf64_Sym) };
    s[STRTAB] = (Elf64_Shdr){
        .sh_type = SHT_STRTAB, .sh_offset = p->strings, .sh_size = p->symbol, .sh_addralign = 1
    };
    s[SHSTRTAB] = (Elf64_Shdr){ .sh_type = SHT_STRTAB,
                                .sh_offset = p->names,
                                .sh_size = sizeof section_names,
                                .sh_addralign = 1 };
    s[STACK_NOTE] =
        (Elf64_Shdr){ .sh_type = SHT_PROGBITS, .sh_offset = p->sections, .sh_addralign = 1 };
    for (int i = 0; i < SECTIONS; i++)
        s[i].sh_name = name_at[i];
}

static Elf64_Ehdr header_of(const char *target, const struct places *p)
{
    Elf64_Ehdr head = { .e_type = ET_REL,
                        .e_machine = machine_of(target).elf,
                        .e_version = EV_CURRENT,
                        .e_shoff = p->sections,
                        .e_ehsize = sizeof head,
                        .e_shentsize = sizeof(Elf64_Shdr),
                        .e_shnum = SECTIONS,
                        .e_shstrndx = SHSTRTAB };
    memcpy(head.e_ident, ELFMAG, SELFMAG);
    head.e_ident[EI_CLASS] = ELFCLASS64;
    head.e_ident[EI_DATA] = ELFDATA2LSB;
    head.e_ident[EI_VERSION] = EV_CURRENT;
    return head;
}

static struct file_part part_of(struct arena *a, const struct text *t)
{
    return (struct file_part){ .bytes = arena_copy(a, t->s, t->n), .size = t->n };
}

/* The pieces before and behind the block of `size` bytes. */
void weights_object(struct arena *a, const char *target, const char *symbol, int64_t size,
                    struct file_part *before, struct file_part *behind)
{
    static const char zeros[8] = { 0 };
    const Elf64_Sym symbols[2] = { { 0 },
                                   { .st_name = 1,
                                     .st_info = ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT),
                                     .st_shndx = RODATA,
                                     .st_size = (uint64_t)size } };
    struct places p = { .block = sizeof(Elf64_Ehdr),
                        .size = (uint64_t)size,
                        .symbol = strlen(symbol) + 2 };
    p.symbols = (p.block + p.size + 7) / 8 * 8;
    p.strings = p.symbols + sizeof symbols;
    p.names = p.strings + p.symbol;
    p.sections = (p.names + sizeof section_names + 7) / 8 * 8;
    Elf64_Shdr sections[SECTIONS] = { { 0 } };
    fill_sections(sections, &p);
    const Elf64_Ehdr head = header_of(target, &p);
    struct text t = { 0 };
    text_add(&t, (const char *)&head, sizeof head);
    *before = part_of(a, &t);
    t.n = 0;
    text_add(&t, zeros, p.symbols - p.block - p.size);
    text_add(&t, (const char *)symbols, sizeof symbols);
    text_add(&t, zeros, 1);
    text_add(&t, symbol, p.symbol - 1);
    text_add(&t, section_names, sizeof section_names);
    text_add(&t, zeros, p.sections - p.names - sizeof section_names);
    text_add(&t, (const char *)sections, sizeof sections);
    *behind = part_of(a, &t);
    text_free(&t);
}

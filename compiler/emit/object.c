/*
 * object.c - a relocatable ELF64 object file with one symbol, a block of read-only bytes (System V ABI, chapter 4 "Object Files").
 *
 * Sections: null, .rodata (the block), .symtab (null, the symbol), .strtab, .shstrtab, .note.GNU-stack (no executable stack).
 */
#include "emit/emit.h"

#include <elf.h>
#include <string.h>

enum { NONE, RODATA, SYMTAB, STRTAB, SHSTRTAB, STACK_NOTE, SECTIONS };

struct machine { uint16_t elf; const char *macro; };        /* macro: compilers for it define */

static struct machine machine_of(const char *target)
{
    static const struct machine arm = { EM_AARCH64, "__aarch64__" }, x86 = { EM_X86_64, "__x86_64__" };
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

/* The pieces before and behind the block of `size` bytes. */
void weights_object(struct arena *a, const char *target, const char *symbol, int64_t size, struct file_part *before, struct file_part *behind)
{
    static const char names[] = "\0.rodata\0.symtab\0.strtab\0.shstrtab\0.note.GNU-stack";
    static const Elf64_Word name_at[SECTIONS] = { 0, 1, 9, 17, 25, 35 };
    const size_t n_symbol = strlen(symbol) + 2;
    Elf64_Sym symbols[2] = { { 0 }, { .st_name = 1, .st_info = ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT), .st_shndx = RODATA, .st_size = (uint64_t)size } };
    Elf64_Shdr s[SECTIONS] = { { 0 } };
    const size_t at_block = 64, at_symbols = (at_block + (uint64_t)size + 7) / 8 * 8, at_strings = at_symbols + sizeof symbols;
    const size_t at_names = at_strings + n_symbol, at_sections = (at_names + sizeof names + 7) / 8 * 8;
    for (int i = 0; i < SECTIONS; i++)
        s[i].sh_name = name_at[i];
    s[RODATA] = (Elf64_Shdr){ .sh_name = name_at[RODATA], .sh_type = SHT_PROGBITS, .sh_flags = SHF_ALLOC, .sh_offset = at_block,
                              .sh_size = (uint64_t)size, .sh_addralign = 64 };
    s[SYMTAB] = (Elf64_Shdr){ .sh_name = name_at[SYMTAB], .sh_type = SHT_SYMTAB, .sh_offset = at_symbols, .sh_size = sizeof symbols,
                              .sh_link = STRTAB, .sh_info = 1, .sh_addralign = 8, .sh_entsize = sizeof *symbols };
    s[STRTAB] = (Elf64_Shdr){ .sh_name = name_at[STRTAB], .sh_type = SHT_STRTAB, .sh_offset = at_strings, .sh_size = n_symbol, .sh_addralign = 1 };
    s[SHSTRTAB] = (Elf64_Shdr){ .sh_name = name_at[SHSTRTAB], .sh_type = SHT_STRTAB, .sh_offset = at_names, .sh_size = sizeof names, .sh_addralign = 1 };
    s[STACK_NOTE] = (Elf64_Shdr){ .sh_name = name_at[STACK_NOTE], .sh_type = SHT_PROGBITS, .sh_offset = at_sections, .sh_addralign = 1 };
    Elf64_Ehdr head = { .e_type = ET_REL, .e_machine = machine_of(target).elf, .e_version = EV_CURRENT, .e_shoff = at_sections,
                        .e_ehsize = sizeof head, .e_shentsize = sizeof *s, .e_shnum = SECTIONS, .e_shstrndx = SHSTRTAB };
    memcpy(head.e_ident, ELFMAG, SELFMAG);
    head.e_ident[EI_CLASS] = ELFCLASS64;
    head.e_ident[EI_DATA] = ELFDATA2LSB;
    head.e_ident[EI_VERSION] = EV_CURRENT;
    static const char zeros[8] = { 0 };
    struct text t = { 0 };
    text_add(&t, (const char *)&head, sizeof head);
    *before = (struct file_part){ .bytes = arena_copy(a, t.s, t.n), .size = t.n };
    t.n = 0;
    text_add(&t, zeros, at_symbols - at_block - (uint64_t)size);
    text_add(&t, (const char *)symbols, sizeof symbols);
    text_add(&t, zeros, 1);
    text_add(&t, symbol, n_symbol - 1);
    text_add(&t, names, sizeof names);
    text_add(&t, zeros, at_sections - at_names - sizeof names);
    text_add(&t, (const char *)s, sizeof s);
    *behind = (struct file_part){ .bytes = arena_copy(a, t.s, t.n), .size = t.n };
    text_free(&t);
}

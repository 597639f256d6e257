/* main.c - reads PGM pictures of digits, shows each and says which digit the net sees. */
#include <stdio.h>

#include "digits.h"

enum { SIZE = 28, DIGITS = 10 };

static int read_pgm(const char *path, unsigned char *pixels)
{
    FILE *f = fopen(path, "rb");
    int wide, high, most;
    const int ok = f && fscanf(f, "P5 %d %d %d", &wide, &high, &most) == 3 && fgetc(f) != EOF && wide == SIZE
                   && high == SIZE && most == 255 && fread(pixels, SIZE * SIZE, 1, f) == 1;
    if (f)
        fclose(f);
    return ok;
}

int main(int argc, char **argv)
{
    unsigned char pixels[SIZE * SIZE];
    float picture[SIZE * SIZE], answer[DIGITS];
    for (int i = 1; i < argc; i++) {
        if (!read_pgm(argv[i], pixels)) {
            fprintf(stderr, "%s: not a PGM picture of 28 x 28\n", argv[i]);
            return 1;
        }
        for (int p = 0; p < SIZE * SIZE; p++) {
            picture[p] = (float)pixels[p] / 255.0f;
            printf("%c%s", " .:+*#"[pixels[p] / 43], p % SIZE == SIZE - 1 ? "\n" : "");
        }
        digits(picture, answer);
        int best = 0;
        for (int d = 1; d < DIGITS; d++)
            best = answer[d] > answer[best] ? d : best;
        printf("%s: this is a %d (%.1f %%)\n", argv[i], best, 100.0 * (double)answer[best]);
    }
    return 0;
}

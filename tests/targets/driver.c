/* driver.c - runs a net of one input and one result on numbers of a generator that is the same on
 * every machine, and prints the result. */
#include "net.h"

#include <stdint.h>
#include <stdio.h>

static float input[NET_INPUT_SIZE], output[NET_OUTPUT_SIZE];

#ifdef WEIGHTS_FILE
static union {
    double alignment[8];
    unsigned char bytes[NET_WEIGHTS_SIZE];
} weights;
#endif

int main(void)
{
    uint32_t state = 1;
    for (int i = 0; i < NET_INPUT_SIZE; i++) {
        state = state * 1664525u + 1013904223u;
        input[i] = (float)(state >> 8) / 16777216.0f;
    }
#ifdef WEIGHTS_FILE
    FILE *from = fopen(WEIGHTS_FILE, "rb");
    if (!from || fread(weights.bytes, NET_WEIGHTS_SIZE, 1, from) != 1)
        return 1;
    net(weights.bytes, input, output);
#else
    net(input, output);
#endif
    for (int i = 0; i < NET_OUTPUT_SIZE; i++)
        printf("%.8e\n", (double)output[i]);
    return 0;
}

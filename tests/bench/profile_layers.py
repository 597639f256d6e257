"""profile_layers.py - where a generated net's time goes: milliseconds and share of the peak of every call in its forward pass.

    profile_layers.py net.c [--cc=gcc] [--cflags='-O2 -march=native'] [--seconds=1] [--peak=GFLOP/s]

A copy of the C gets a clock around each call; the numbers of a layer that is called for bands of rows are sums. Inputs are zeros.
"""
import argparse
import pathlib
import re
import shlex
import subprocess
import tempfile

CLOCK = '''
#include <time.h>
#include <stdio.h>
#include <string.h>
static double spent[%(count)d];
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return (double)t.tv_sec * 1e9 + (double)t.tv_nsec; }
'''

MAIN = '''
int main(void)
{
%(buffers)s
    double least[%(count)d], clock = 1e9, start = now();
    for (int i = 0; i < 1000; i++) { double a = now(), b = now(); clock = b - a < clock ? b - a : clock; }
    for (int i = 0; i < %(count)d; i++) least[i] = 1e30;
    for (int run = 0; run < 3 || now() - start < %(seconds)g * 1e9; run++) {
        memset(spent, 0, sizeof spent);
        %(call)s;
        for (int i = 0; i < %(count)d; i++) least[i] = spent[i] < least[i] ? spent[i] : least[i];
    }
    for (int i = 0; i < %(count)d; i++) printf("%%.0f\\n", least[i]);
    printf("%%.0f\\n", clock);
    return 0;
}
'''


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('net', type=pathlib.Path)
    p.add_argument('--cc', default='gcc')
    p.add_argument('--cflags', default='-O2 -march=native')
    p.add_argument('--seconds', type=float, default=1)
    p.add_argument('--peak', type=float, default=117)
    return p.parse_args()


def instrument(text):
    """The C with a clock around each call of the forward pass, and the calls' names."""
    head, mark, forward = text.partition('/* ---- the forward pass')
    names, body = [], []
    for statement in re.split(r'(?<=;\n)', forward):
        call = re.match(r'(?s)(.*?\n)??(\s*)((?:\w+ = )?(\w+)\((?:[^;{}]*)\);\n)$', statement)
        if not call or 'void' in statement.split('(')[0]:
            called = re.match(r'(?s)(.*\{\n)(\s*)((?:\w+ = )?(\w+)\([^;{}]*\);\n)$', statement)
            if not called or called.group(4) in ('for', 'if'):
                body.append(statement)
                continue
            call = called
        names.append(call.group(4))
        n = len(names) - 1
        body.append(f'{call.group(1) or ""}{call.group(2)}{{ const double at_ = now(); {call.group(3).rstrip()} spent[{n}] += now() - at_; }}\n')
    return head + mark + ''.join(body), names


def main():
    args = arguments()
    text, names = instrument(args.net.read_text())
    header = args.net.with_suffix('.h').read_text()
    parameters = re.search(r'^void (\w+)\((.*)\);', header, re.M)
    sizes = dict(re.findall(r'(\w+)_SIZE = (\d+)', header))
    buffers, passed = [], []
    for p in parameters.group(2).split(', '):
        name = re.search(r'(\w+)$', p).group(1)
        size = next((s for k, s in sizes.items() if k.lower().endswith('_' + name.lower())), max(sizes.values(), key=int))
        buffers.append(f'    static float {name}_[{size}];')
        passed.append(f'{name}_' if 'float' in p else f'(void *){name}_')
    fill = {'count': max(len(names), 1), 'buffers': '\n'.join(buffers), 'seconds': args.seconds,
            'call': f'{parameters.group(1)}({", ".join(passed)})'}
    macs = {m.group(1): int(m.group(2)) for m in re.finditer(r'^ \*   (\S+) .*?  (\d+)   \S[^\n]*$', text[:100000], re.M)}
    with tempfile.TemporaryDirectory() as folder:
        c = pathlib.Path(folder) / 'net.c'
        c.write_text(CLOCK % fill + text + MAIN % fill)
        objects = [o for o in (args.net.with_name(args.net.stem + '_weights.o'),) if o.exists()]
        subprocess.run([args.cc, *shlex.split(args.cflags), '-w', f'-I{args.net.parent}', '-o', c.with_suffix(''), c, *objects, '-lm'], check=True)
        numbers = [float(x) for x in subprocess.run([c.with_suffix('')], check=True, capture_output=True, text=True).stdout.split()]
    total = sum(numbers[:-1])
    for name, ns in zip(names, numbers):
        layer = re.sub(r'_(rows|layer)$', '', name)
        n = macs.get(layer, 0)
        rate = f'{2 * n / ns:7.1f} GFLOP/s {2 * n / ns / args.peak:5.2f}' if n and ns else ' ' * 21
        print(f'{ns * 1e-6:9.4f} ms {ns / total:6.1%} {rate}  {name}')
    print(f'{total * 1e-6:9.4f} ms in all (a pair of clock readings takes {numbers[-1]:.0f} ns)')


if __name__ == '__main__':
    main()

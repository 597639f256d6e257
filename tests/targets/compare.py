"""compare.py WANT GOT - two files of numbers, one a line: exit code 0 where they agree to 1e-5 of the greatest."""
import math
import sys

want, got = ([float(x) for x in open(name)] for name in sys.argv[1:3])
if len(want) != len(got) or not want:
    sys.exit(f"{len(got)} numbers, not {len(want)}")
allowed = 1e-5 * max(1.0, max(abs(x) for x in want))
for i, (a, b) in enumerate(zip(want, got)):
    if not math.isfinite(b) or abs(a - b) > allowed:
        sys.exit(f"number {i} is {b}, not {a}")

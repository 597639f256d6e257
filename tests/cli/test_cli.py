"""test_cli.py - the command line of cnnc: exit codes, messages, files. Needs Python's own library only."""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CNNC = os.environ.get("CNNC", str(ROOT / "build" / "cnnc"))
MODEL = """model = Sequential([
    Input((8, 8, 1)),
    Conv2D(4, 3, activation='relu'),
    MaxPooling2D(2),
    Flatten(),
    Dense(3, activation='softmax'),
])
"""


class Cli(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.dir.name)
        (self.path / "m.cnn").write_text(MODEL)

    def tearDown(self):
        self.dir.cleanup()

    def run_cnnc(self, *args, cwd=None, env=None, timeout=60):
        def limit():
            if "san" not in CNNC:       # sanitizers reserve more than any limit
                resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        return subprocess.run([CNNC, *map(str, args)], cwd=cwd or self.path, capture_output=True, timeout=timeout,
                              env={**os.environ, "LC_ALL": "C", **(env or {})}, preexec_fn=limit)

    def fails(self, code, *args, says=""):
        r = self.run_cnnc(*args)
        self.assertEqual(r.returncode, code, r.stderr.decode(errors="replace"))
        self.assertIn(says, r.stderr.decode(errors="replace"))
        self.assertTrue(r.stderr.strip())
        return r

    def succeeds(self, *args, **kw):
        r = self.run_cnnc(*args, **kw)
        self.assertEqual(r.returncode, 0, r.stderr.decode(errors="replace"))
        return r

    def bad_text(self, text, *more, says=""):
        """A bad model: exit 1, a message, and the output of an earlier run untouched."""
        (self.path / "bad.cnn").write_bytes(text if isinstance(text, bytes) else text.encode())
        (self.path / "bad.c").write_text("kept")
        self.fails(1, "bad.cnn", "--init=glorot", "-o", "bad.c", *more, says=says)
        self.assertEqual((self.path / "bad.c").read_text(), "kept")
        self.assertFalse((self.path / "bad.h").exists())

    # ---- usage

    def test_help_names_every_option(self):
        text = self.succeeds("--help").stdout.decode()
        for word in ("-o", "--name", "--weights", "--input-shape", "--set", "--init", "--seed", "--target", "--arena",
                     "--weights-as", "--dump", "--list-ops", "-MD", "-MF", "-Werror", "--color", "-q", "-v", "--version",
                     "--help", "--report", "--eval", "--verify", "--input", "--expect", "--rtol", "--atol", "--model"):
            self.assertIn("  " + word, text)
        self.assertLessEqual(max(map(len, text.splitlines())), 110)

    def test_version(self):
        self.assertTrue(self.succeeds("--version").stdout.startswith(b"cnnc "))

    def test_readme_names_every_option(self):
        page = (ROOT / "README.md").read_text()
        for line in self.succeeds("--help").stdout.decode().splitlines():
            if line.startswith("  -"):
                self.assertIn("`" + line.split()[0].split("=")[0].split("[")[0], page)

    def test_man_page_names_every_option(self):
        page = (ROOT / "docs" / "cnnc.1").read_text().replace("\\-", "-")
        for line in self.succeeds("--help").stdout.decode().splitlines():
            if line.startswith("  -"):
                self.assertIn(line.split()[0].split("=")[0].split("[")[0], page)

    def test_list_ops(self):
        text = self.succeeds("--list-ops").stdout.decode()
        self.assertIn("Conv2D", text)
        self.assertIn("kernel_size", text)

    def test_unknown_option(self):
        self.fails(2, "--wieghts=x", "m.cnn", "-o", "n.c", says="--weights")
        self.fails(2, "--zzzzzzzzzzzz", "m.cnn", says="unknown option")

    def test_wrong_values(self):
        for arg in ("--init=magic", "--seed=-1", "--seed=x", "--seed=99999999999999999999999", "--target=vax", "--arena=heap",
                    "--weights-as=xml", "--byte-order=middle", "--threads=0", "--threads=65", "--threads=x", "--threads=2x", "--input-shape=a,b", "--input-shape=0,1", "--input-shape=28,", "--set=x", "--set==1",
                    "--rtol=-1", "--atol=nan", "--report=x.pdf", "--color=blue", "--name=3d", "--name=a-b", "--verify=all",
                    "--help=1", "--weights=", "--dump=nothing"):
            self.fails(2, "m.cnn", "-o", "n.c", arg)

    def test_missing_parts(self):
        self.fails(2, says="no model")
        self.fails(2, "m.cnn", says="-o net.c")
        self.fails(2, "m.cnn", "-o", says="needs a value")
        self.fails(2, "m.cnn", "m.cnn", "-o", "n.c", says="one model")
        self.fails(2, "m.cnn", "--eval", "x.npz")
        self.fails(2, "m.cnn", "-o", "m.cnn", "--init=zeros")
        self.assertEqual((self.path / "m.cnn").read_text(), MODEL)

    # ---- what is made

    def test_output_and_header(self):
        self.succeeds("m.cnn", "--init=glorot", "-o", "net.c")
        self.assertIn("void net(", (self.path / "net.h").read_text())
        self.assertEqual(sorted(p.name for p in self.path.iterdir()), ["m.cnn", "net.c", "net.h"])

    def test_name(self):
        self.succeeds("m.cnn", "--init=glorot", "-o", "net.c", "--name=digits")
        self.assertIn("void digits(", (self.path / "net.h").read_text())
        self.assertIn('#include "net.h"', (self.path / "net.c").read_text())

    def test_standard_output(self):
        r = self.succeeds("m.cnn", "--init=glorot", "-o", "-")
        self.assertIn(b"void net(", r.stdout)
        self.assertEqual([p.name for p in self.path.iterdir()], ["m.cnn"])

    def test_same_bytes_everywhere(self):
        other = self.path / "a" / "b c"
        other.mkdir(parents=True)
        (other / "m.cnn").write_text(MODEL)
        self.succeeds("m.cnn", "--init=glorot", "--seed=3", "-o", "net.c")
        self.succeeds("m.cnn", "--init=glorot", "--seed=3", "-o", "net.c", cwd=other, env={"LC_ALL": "de_DE.UTF-8"})
        for name in ("net.c", "net.h"):
            self.assertEqual((self.path / name).read_bytes(), (other / name).read_bytes())

    def test_seed_changes_the_weights(self):
        one = self.succeeds("m.cnn", "--init=glorot", "--seed=1", "-o", "-").stdout
        two = self.succeeds("m.cnn", "--init=glorot", "--seed=2", "-o", "-").stdout
        self.assertNotEqual(one, two)

    def test_reports(self):
        self.succeeds("m.cnn", "--init=glorot", "-o", "net.c", "--report=r.json", "--report=r.html", "--report=r.txt")
        r = json.loads((self.path / "r.json").read_text())
        self.assertEqual(r["function"], "net")
        self.assertEqual(set(r["inputs"][0]), {"name", "dtype", "shape"})
        self.assertEqual(sum(x["parameters"] for x in r["layers"]), 4 * 9 + 4 + 36 * 3 + 3)
        self.assertEqual(sum(x["multiply_adds"] for x in r["layers"]), 36 * 4 * 9 + 36 * 3)
        self.assertEqual({x["name"]: x["parameters"] for x in r["layers"] if x["parameters"]}, {"conv2d": 40, "dense": 111})
        memory = r["memory"]
        self.assertGreaterEqual(memory["arena_bytes"], memory["arena_lower_bound"])
        used = max(b["offset"] + b["bytes"] for b in memory["blocks"])
        self.assertTrue(memory["arena_bytes"] - 64 < used <= memory["arena_bytes"])
        self.assertTrue(all(0 <= b["first_step"] <= b["last_step"] for b in memory["blocks"]))
        self.assertIn("<svg", (self.path / "r.html").read_text())
        self.assertIn("conv2d", (self.path / "r.txt").read_text())

    def test_depfile(self):
        self.succeeds("m.cnn", "--init=glorot", "-o", "net.c", "-MD")
        self.assertTrue((self.path / "net.d").read_text().startswith("net.c: m.cnn"))
        self.succeeds("m.cnn", "--init=glorot", "-o", "net.c", "-MF", "deps")
        self.assertTrue((self.path / "deps").read_text().startswith("net.c: m.cnn"))

    def test_dump_reads_back(self):
        first = self.succeeds("m.cnn", "--dump").stdout
        (self.path / "again.cnn").write_bytes(first)
        self.assertEqual(self.succeeds("again.cnn", "--dump").stdout, first)

    def test_dump_tree_only_parses(self):
        self.assertEqual(self.succeeds("m.cnn", "--dump=tree").stdout, b"")
        (self.path / "bad.cnn").write_text("x = (1,\n")
        self.fails(1, "bad.cnn", "--dump=tree", says="bad.cnn:")

    def test_verify(self):
        for more in ([], ["--verify=layers"], ["--arena=caller"], ["--weights-as=packed"], ["--optimize=size"], ["--optimize=ram"]):
            r = self.succeeds("m.cnn", "--init=glorot", "--verify", *more)
            self.assertIn(b"ok", r.stdout)
        self.assertEqual([p.name for p in self.path.iterdir()], ["m.cnn"])

    def test_byte_order(self):
        def weights(*more):
            self.succeeds("m.cnn", "--init=glorot", "--weights-as=file", "-o", "net.c", *more)
            return (self.path / "net.weights").read_bytes()
        little, big = weights(), weights("--byte-order=big")
        words = [little[i:i + 4][::-1] for i in range(0, len(little), 4)]
        self.assertEqual(b"".join(words), big)
        self.assertIn("#error these weights are big-endian bytes", (self.path / "net.c").read_text())
        self.fails(1, "m.cnn", "--init=glorot", "-o", "n.c", "--weights-as=object", "--byte-order=big", says="little-endian machines only")

    # ---- --tune

    TUNED = ("m = keras.Sequential([keras.Input((24, 24, 8)), keras.layers.Conv2D(16, 3, padding='same'),\n"
             "    keras.layers.Conv2D(16, 3, padding='same'), keras.layers.Conv2D(16, 3, padding='same')])\n")

    def tuned(self, *more, env=None):
        (self.path / "t.cnn").write_text(self.TUNED)
        r = self.run_cnnc("t.cnn", "--init=glorot", "-o", "net.c", *more, env=env)
        return r, (self.path / "net.c").read_text() if r.returncode == 0 else r.stderr.decode()

    def test_tune_keeps_times(self):
        r, measured = self.tuned("--tune=100", env={"CFLAGS": "-O1"})
        self.assertEqual(r.returncode, 0, r.stderr)
        times = (self.path / "cnnc.tune").read_text()
        self.assertTrue(times.startswith("cnnc tune file 1\n"))
        self.assertIn("measured with cc -O1\n", times)
        self.assertEqual(times.count("\nlayer Conv2D("), 2)      # the second and third layer are the same
        # Nothing is measured again, and the same file gives the same C, without a compiler too.
        for more, env in (["--tune"], {"CFLAGS": "-O1"}), (["--tune-file=cnnc.tune"], {"CC": "no-such-compiler"}):
            again, text = self.tuned(*more, env=env)
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertEqual(text, measured)
            self.assertEqual((self.path / "cnnc.tune").read_text(), times)
        self.fails(1, "t.cnn", "--init=glorot", "-o", "net.c", "--tune", says="give another --tune-file")

    def test_tune_file_decides(self):
        for fastest in "direct", "winograd2", "winograd4":
            self.tuned("--tune=100")
            lines = [line.rsplit(" ", 1)[0] + (" 1" if line.split()[0] == fastest else " 999") if line.startswith("    ") else line
                     for line in (self.path / "cnnc.tune").read_text().splitlines()]
            (self.path / "x.tune").write_text("\n".join(lines) + "\n")
            r, text = self.tuned("--tune-file=x.tune")
            self.succeeds("t.cnn", "--init=glorot", "--kernel=" + fastest, "-o", "net.c")
            self.assertEqual(text, (self.path / "net.c").read_text())

    def test_tune_stops_in_time(self):
        r, _ = self.tuned("--tune=0")
        self.assertIn(b"were not timed within 0 s", r.stderr)
        self.assertEqual(r.returncode, 0)

    def test_damaged_tune_file(self):
        self.tuned("--tune=100")
        good = (self.path / "cnnc.tune").read_text()
        first = next(line for line in good.splitlines() if line.startswith("    "))
        for text, says in (("", "is empty"), ("x\n", "x.tune:1:1: error: this is no tune file"), (good[:-30] + "\0" + good[-30:], "zero byte"),
                           (good + "fast\n", "neither"), (good + good[good.index("layer "):], "twice"), (good + "measured with x\n", "a second"),
                           (good + "    direct\n", "no kernel with its"), (good + "    new x\n", "no kernel with its"),
                           (good + "    new -1\n", "no kernel with its"), (good + "    new 1e99\n", "no kernel with its"),
                           (good.replace(first, first + "\n    magic 5"), "has no kernel 'magic'"), (good.replace(first, first + "\n" + first), "twice")):
            (self.path / "x.tune").write_text(text)
            self.fails(1, "t.cnn", "--init=glorot", "-o", "n.c", "--tune-file=x.tune", says=says)
            self.assertFalse((self.path / "n.c").exists())
        (self.path / "x.tune").write_bytes(bytes(range(256)) * 9)
        self.fails(1, "t.cnn", "--init=glorot", "-o", "n.c", "--tune-file=x.tune", says="x.tune:1:1")
        self.fails(1, "t.cnn", "--init=glorot", "-o", "n.c", "--tune-file=absent.tune", says="absent.tune")
        (self.path / "x.tune").write_text("cnnc tune file 1\n")
        r, _ = self.tuned("--tune-file=x.tune")
        self.assertIn(b"does not hold 3 of the layers", r.stderr)
        self.fails(2, "t.cnn", "--init=glorot", "-o", "n.c", "--tune", "--kernel=direct", says="--kernel")
        self.fails(2, "t.cnn", "--init=glorot", "-o", "n.c", "--tune", "--optimize=ram", says="--optimize")
        self.fails(2, "t.cnn", "--init=glorot", "-o", "n.c", "--tune=fast", says="--tune takes")

    def test_tune_without_compiler(self):
        r, text = self.tuned("--tune", env={"CC": "no-such-compiler"})
        self.assertEqual(r.returncode, 1)
        self.assertIn("cannot run the C compiler 'no-such-compiler'", text)
        r, text = self.tuned("--tune", "--tune-file=y.tune", env={"CC": "false"})
        self.assertEqual(r.returncode, 1)
        self.assertIn("rejects the emitted C of a layer", text)

    def test_verify_without_compiler(self):
        r = self.run_cnnc("m.cnn", "--init=glorot", "--verify", env={"CC": "no-such-compiler"})
        self.assertEqual(r.returncode, 1)
        self.assertIn(b"no-such-compiler", r.stderr)

    # ---- bad input

    def test_unreadable(self):
        self.fails(1, "absent.cnn", "-o", "n.c", says="absent.cnn")
        self.fails(1, ".", "-o", "n.c")

    def test_empty_and_binary(self):
        self.bad_text("")
        self.bad_text("\n\n# nothing\n")
        self.bad_text(bytes(range(256)) * 20)
        self.bad_text(MODEL[:60])
        self.bad_text(MODEL.replace("relu", "re\0lu"))
        self.bad_text(b"x = 1\0\n" + MODEL.encode())

    def test_long_line(self):
        self.bad_text("x = '" + "a" * 100_000_000)

    def test_nesting(self):
        self.bad_text("x = " + "(" * 100_000)
        self.bad_text("x = " + "[" * 100_000 + "]" * 100_000)
        self.bad_text("x = " + "-" * 100_000 + "1\n")
        self.bad_text("x = " + "a." * 100_000 + "b\n")

    def test_endless(self):
        self.bad_text("for i in range(10**9):\n    x = i\n")
        self.bad_text("def f(n):\n    return f(n + 1)\nf(0)\n")
        self.bad_text("x = [0] * 10**12\n")
        self.bad_text("x = 'a' * 10**12\n")
        self.bad_text("while True:\n    x = 1\n")

    def test_huge_shapes(self):
        self.bad_text("m = Sequential([Input((10**9, 10**9, 10**9)), Conv2D(4, 3)])\n")
        self.bad_text("m = Sequential([Input((8, 8, 1)), Flatten(), Dense(2**62)])\n")
        self.bad_text("m = Sequential([Input((8, 8, 1)), Conv2D(4, 9)])\n", says="conv2d")

    def test_misspelt(self):
        self.bad_text(MODEL.replace("Conv2D(", "Conv2d_("), says="Conv2D")
        self.bad_text(MODEL.replace("activation=", "activatoin="), says="activation")

    def test_weights(self):
        self.fails(1, "m.cnn", "-o", "n.c", says="--init")
        self.fails(1, "m.cnn", "-o", "n.c", "--weights=absent.h5", says="absent.h5")
        for name in ("w.weights.h5", "w.h5", "w.keras", "w.npz", "w.safetensors", "w.npy"):
            for content in (b"", b"\x89HDF\r\n\x1a\n\0\0", b"PK\x03\x04 and then nothing", b"\xff" * 4000):
                (self.path / name).write_bytes(content)
                self.fails(1, "m.cnn", "-o", "n.c", "--weights=" + name)
        self.assertFalse((self.path / "n.c").exists())

    def test_unwritable(self):
        self.fails(1, "m.cnn", "--init=glorot", "-o", "absent/net.c", says="absent/net.")
        (self.path / "dir.c").mkdir()
        self.fails(1, "m.cnn", "--init=glorot", "-o", "dir.c")
        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                r = subprocess.run([CNNC, "m.cnn", "--init=glorot", "-o", "-"], cwd=self.path, stdout=full,
                                   stderr=subprocess.PIPE)
            self.assertEqual(r.returncode, 1)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Cli)
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len({t.id() for t, _ in result.failures + result.errors})
    sys.stderr.flush()
    print(f"{result.testsRun - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

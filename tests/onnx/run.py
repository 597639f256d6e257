"""run.py - ONNX' official tests through cnnc: compile, compile the C strictly under sanitizers, run, compare.

    python3 tests/onnx/run.py [-j N] [--class core,torch] [--cnnc PATH] [WORD...]

WORDs choose tests by a part of their name. Prints failures by name with the reason, one line `class passed/total` for each class, and
`N passed, N failed`. rtol 1e-3, atol 1e-7, exact for integers and bools. In class `out` a clear error passes as well (their number is printed). Whole networks may differ by 1e-4 of their output's range.
Results are kept by the hash of the C and of the case: what did not change is not run again (--fresh runs all).
"""
import argparse, concurrent.futures, hashlib, json, os, pathlib, re, shutil, subprocess, sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CASES = ROOT / "build/onnx"
STRICT = ("-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wdouble-promotion -Wcast-qual -Wmissing-prototypes -Werror").split()
FAST = "-O2 -march=native -fPIC -shared".split()        # networks of billions of multiply-adds
SANITIZE = "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fPIC -shared".split()
MODELS = ROOT.parent / "shared/models"
NETWORKS = {"torch", "torch-dynamo", "models", "light"}        # whole networks: 1e-4 of the output's range
ORDER = ["core", "core_expanded", "static", "out", "pytorch-converted", "pytorch-operator", "light", "simple", "regressions", "torch", "torch-dynamo", "models"]
CACHE_VERSION = "3"
REFUSED = "refused"                     # passed, by a clear error


def sh(command, timeout=120, **keys):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=timeout, **keys)


def array_of(folder, what, i, kind):
    array = np.load(folder / f"{what}_{i}.npy")
    return (array.astype(np.uint32) << 16).view(np.float32) if kind == "bfloat16" else array


def differ(got, want, kind, network):
    """A word on how two arrays differ; None: they agree."""
    if got.shape != want.shape:
        return f"shape {got.shape} for {want.shape}"
    if kind in ("float32", "float64", "float16", "bfloat16"):
        got, want = got.astype(np.float64), want.astype(np.float64)
        with np.errstate(invalid="ignore"):
            finite = want[np.isfinite(want)]
            atol = 1e-4 * (finite.max() - finite.min()) + 1e-7 if network and finite.size else 1e-7
            bad = ~np.isclose(got, want, rtol=1e-3, atol=atol, equal_nan=True)
    else:
        bad = got != want
    if not np.any(bad):
        return None
    k = int(np.argmax(bad.reshape(-1)))
    return f"{int(bad.sum())} of {bad.size} wrong; [{k}] is {got.reshape(-1)[k]}, should be {want.reshape(-1)[k]}"


def numpy_type(kind):
    return {"bfloat16": "uint16"}.get(kind, kind)


class Case:
    def __init__(self, folder, cnnc, fresh):
        self.folder, self.cnnc, self.fresh = folder, cnnc, fresh
        self.name, self.group = folder.name, folder.parent.name
        self.case = json.loads((folder / "case.json").read_text())
        self.work = ROOT / "build/onnx-run" / self.group / self.name
        self.bound = []

    def compile(self):
        """cnnc, with the inputs bound that it asks for. Its last run."""
        names = {v["name"]: i for i, v in enumerate(self.case["inputs"]) if v["type"]}
        self.bound = []
        while True:
            options = [f"--const-input={n}={self.folder}/input_{names[n]}.npy" for n in self.bound]
            r = sh([self.cnnc, self.folder / "model.onnx", "-o", self.work / "net.c", "--name=net", "-q", *options])
            asked = [n for n in re.findall(r"--const-input=([^=\s]+)=VALUES", r.stderr) if n in names and n not in self.bound]
            if r.returncode != 1 or not asked:
                whole = [v["name"] for v in self.case["inputs"] if v["type"] in ("int64", "int32", "bool") and v["name"] not in self.bound]
                if r.returncode == 1 and "--const-input" in r.stderr and whole and not asked:
                    self.bound += whole
                    continue
                return r
            self.bound += asked

    def weights(self):
        """The object that holds the weights of a very large network."""
        return list(self.work.glob("net_weights.o"))

    def digest(self):
        h = hashlib.sha256(CACHE_VERSION.encode())
        for path in [self.work / "net.c", self.work / "net.h", *self.weights(), HERE / "host.c", *sorted(self.folder.glob("*.npy"))]:
            with open(path, "rb") as f:
                h.update(hashlib.file_digest(f, "sha256").digest())
        return h.hexdigest()

    def run(self):
        """Returns (passed, reason, kind): kind is error, wrong, build or crash."""
        shutil.rmtree(self.work, ignore_errors=True) if self.fresh else None
        self.work.mkdir(parents=True, exist_ok=True)
        for path in [self.work / "net.c", *self.weights()]:
            path.unlink(missing_ok=True)
        r = self.compile()
        if r.returncode == 1 and "error:" in r.stderr:
            return REFUSED if self.group == "out" else False, next(l for l in r.stderr.splitlines() if "error:" in l).split("error: ", 1)[1], "error"
        if r.returncode != 0:
            return False, f"cnnc exits with {r.returncode}: {r.stderr.strip()[-300:]}", "crash"
        if any(v["type"] is None for v in self.case["inputs"] + self.case["outputs"]):
            return False, "cnnc accepts types it does not know", "wrong"
        digest = self.digest()
        done = self.work / "passed"
        if done.exists() and done.read_text() == digest:
            return True, "", ""
        result = self.judge()
        if result[0]:
            done.write_text(digest)
        return result

    def judge(self):
        lib = self.work / "net.so"
        r = sh(["gcc", *STRICT, *(FAST if self.group in ("models", "light") else SANITIZE), "-I", self.work, self.work / "net.c", *self.weights(), "-o", lib, "-lm"])
        if r.returncode:
            return False, "the C: " + next((l for l in r.stderr.splitlines() if "error" in l), r.stderr.strip()[:200]), "build"
        free = [i for i, v in enumerate(self.case["inputs"]) if v["name"] not in self.bound]
        command = [ROOT / "build/onnx-run/host", lib, str(len(free)), str(len(self.case["outputs"]))]
        for i in free:
            data = np.ascontiguousarray(np.load(self.folder / f"input_{i}.npy"))
            (self.work / f"in_{i}").write_bytes(data.tobytes())
            command += [self.work / f"in_{i}", str(data.nbytes)]
        for i, v in enumerate(self.case["outputs"]):
            command += [self.work / f"out_{i}", str(int(np.prod(v["shape"], dtype=np.int64)) * np.dtype(numpy_type(v["type"])).itemsize)]
        r = sh(command, env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
        if r.returncode:
            lines = [l for l in r.stderr.splitlines() if "ERROR" in l or "runtime error" in l] or r.stderr.splitlines() or [str(r.returncode)]
            return False, "the C fails: " + lines[0][:300], "wrong"
        for i, v in enumerate(self.case["outputs"]):
            want = array_of(self.folder, "output", i, v["type"])
            got = np.frombuffer((self.work / f"out_{i}").read_bytes(), dtype=numpy_type(v["type"])).reshape(v["shape"])
            if v["type"] == "bfloat16":
                got = (got.astype(np.uint32) << 16).view(np.float32)
            wrong = differ(got, want, v["type"], self.group in NETWORKS)
            if wrong:
                return False, f"output {i}: {wrong}", "wrong"
        return True, "", ""


def run_case(arguments):
    case = Case(*arguments)
    try:
        return case.name, case.group, case.run(), len(case.bound)
    except subprocess.TimeoutExpired as e:
        return case.name, case.group, (False, f"longer than {e.timeout} s", "crash"), 0


def build_host():
    host = ROOT / "build/onnx-run/host"
    host.parent.mkdir(parents=True, exist_ok=True)
    if not host.exists() or host.stat().st_mtime < (HERE / "host.c").stat().st_mtime:
        r = sh(["gcc", "-O1", "-g", "-fsanitize=address,undefined", HERE / "host.c", "-o", host, "-ldl"])
        if r.returncode:
            sys.exit(r.stderr)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("-j", type=int, default=2)
    p.add_argument("--class", dest="classes", default=",".join(ORDER))
    p.add_argument("--cnnc", default=str(ROOT / "build/cnnc"))
    p.add_argument("--fresh", action="store_true")
    p.add_argument("--every", type=int, default=1, help="only each N-th test")
    p.add_argument("words", nargs="*")
    a = p.parse_args()
    import cases
    wanted = set(a.classes.split(","))
    cases.make(CASES, light="light" in wanted)
    if wanted & {"regressions", "torch", "torch-dynamo"} or ("models" in wanted and MODELS.exists()):
        import exports
        if "regressions" in wanted:
            exports.regression_cases(CASES / "regressions")
        for name in sorted(wanted & {"torch", "torch-dynamo"}):
            exports.torch_cases(CASES / name, name == "torch-dynamo")
        if "models" in wanted and MODELS.exists():
            exports.model_cases(CASES / "models", MODELS)
    build_host()
    folders = [f for c in ORDER if c in wanted and (CASES / c).exists() for f in sorted((CASES / c).iterdir()) if f.is_dir()
               and (not a.words or any(w in f.name for w in a.words))][::a.every]
    total, good, kinds, refused = {}, {}, {}, {}
    with concurrent.futures.ProcessPoolExecutor(a.j) as pool:
        for name, group, (passed, reason, kind), bound in pool.map(run_case, [(f, a.cnnc, a.fresh) for f in folders], chunksize=4):
            total[group] = total.get(group, 0) + 1
            good[group] = good.get(group, 0) + bool(passed)
            refused[group] = refused.get(group, 0) + (kind == "error")
            if not passed:
                kinds[kind] = kinds.get(kind, 0) + 1
                print(f"FAIL {group} {name}: [{kind}] {reason}", flush=True)
    print()
    for group in ORDER:
        if group in total:
            print(f"{group} {good[group]}/{total[group]}" + (f", {refused[group]} by a clear error" if group == "out" else
                  f", {refused[group]} refused by a clear error" if refused[group] else ""))
    if kinds:
        print("failures: " + ", ".join(f"{n} {k}" for k, n in sorted(kinds.items())))
    failed = sum(total.values()) - sum(good.values())
    print(f"{sum(good.values())} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

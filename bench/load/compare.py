"""Drives benchmark 8: each measurement is a fresh process, cold or hot, the median of several.

compare.py BENCH_LOAD DATA_DIR [--experts 64] [--mib 16] [--runs 5]
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
HIDDEN = 1024
WANTED = ["3", "17", "40", "63"]  # 4 of the experts, apart from each other


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--experts", type=int, default=64)
    parser.add_argument("--mib", type=int, default=16, help="size of one expert")
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def prepare(args):
    done = args.data / f"done-{args.experts}-{args.mib}"
    if done.exists():
        return
    inner = args.mib * 2**20 // (3 * 2 * HIDDEN) // 8 * 8
    print(f"writing {args.experts} experts of {args.mib} MiB in three formats", flush=True)
    subprocess.run([args.program, "write", args.data / "ours", str(args.experts), str(inner),
                    str(HIDDEN)], check=True)
    for kind in ("pickle", "safetensors"):
        subprocess.run([sys.executable, HERE / "peer_load.py", "write", kind, args.data / kind,
                        args.data / "ours", str(args.experts)], check=True)
    done.touch()


def set_cache(folder, temperature):
    """Drops the wanted experts from the page cache, or brings them in."""
    for expert in WANTED:
        fd = os.open(folder / expert, os.O_RDONLY)
        if temperature == "cold":
            os.fsync(fd)
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        else:
            while os.read(fd, 1 << 20):
                pass
        os.close(fd)


def measure(args, name, temperature):
    kind, _, verify = name.partition(" ")
    if kind == "ours":
        command = [args.program, "load", args.data / kind, verify or "none", *WANTED]
    else:
        command = [sys.executable, HERE / "peer_load.py", "load", kind, args.data / kind, *WANTED]
    runs = []
    for _ in range(args.runs):
        set_cache(args.data / kind, temperature)
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        runs.append(json.loads(out))
    sums = {run["sum"] for run in runs}
    medians = {key: statistics.median(run[key] for run in runs) for key in runs[0] if key != "sum"}
    return medians, sums


def main():
    args = parse()
    prepare(args)
    names = ["ours", "ours lazy", "safetensors", "pickle"]
    results, sums = {}, set()
    print(f"4 of {args.experts} experts, {4 * args.mib} MiB fp16, median of {args.runs}")
    print(f"{'':14}{'cache':>6}{'ready ms':>11}{'and read all ms':>17}{'pages':>8}"
          f"{'extra MiB':>11}")
    for temperature in ("cold", "hot"):
        for name in names:
            got, seen = measure(args, name, temperature)
            results[name, temperature] = got
            sums |= seen
            print(f"{name:14}{temperature:>6}{got['ready_ms']:11.3f}{got['use_ms']:17.1f}"
                  f"{got['pages']:8.0f}{got['extra_bytes'] / 2**20:11.2f}", flush=True)
    assert len(sums) == 1, "the formats gave different weights"
    missed = 0
    for temperature in ("cold", "hot"):
        ours = results["ours", temperature]
        for peer, bar in (("pickle", 10), ("safetensors", 2)):
            ready = results[peer, temperature]["ready_ms"] / ours["ready_ms"]
            use = results[peer, temperature]["use_ms"] / ours["use_ms"]
            print(f"{temperature}: {ready:8.1f}x {peer} until usable (bar {bar}x), "
                  f"{use:.2f}x with every weight read")
            missed += temperature == "cold" and ready < bar
    extra = max(results["ours", t]["extra_bytes"] for t in ("cold", "hot"))
    print(f"extra resident bytes of ours: {extra:.0f} (bar: none of the weights)")
    missed += extra > 2**18  # bookkeeping, far below one weight matrix
    sys.exit(1 if missed else 0)


main()

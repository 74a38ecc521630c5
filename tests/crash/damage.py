#!/usr/bin/env python3
"""Damages a finished home on its disk in every way we fear and looks at what the node then says.

damage.py FOLDER [--home FOLDER_OF_A_JOB] [--flips N] [--seed S]

A damaged home must end in one of two ways: a sentence that says what to do, or a node in which
everything acknowledged is as it was. A wrong answer or a crash without a sentence is a failure.
"""
import argparse
import glob
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

from job import Broken, Job


def flip(rng, path, low=0):
    """Flips one bit; returns where."""
    at = rng.randrange(low, os.path.getsize(path))
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << rng.randrange(8)]))
    return f"{os.path.basename(path)} byte {at}"


def truncate(rng, path):
    size = os.path.getsize(path)
    left = rng.randrange(size)
    os.truncate(path, left)
    return f"{os.path.basename(path)} cut from {size} to {left} bytes"


def payloads(home):
    files = glob.glob(os.path.join(home, "store", "**", "*"), recursive=True)
    return sorted(f for f in files if os.path.isfile(f) and os.path.getsize(f) > 0)


def chain_file(pattern):
    return lambda home: sorted(glob.glob(os.path.join(home, "chains", pattern)))


# What is damaged, the files it may be in, how, and how often more than the others.
CASES = [
    ("a flipped bit in the compute chain's blocks", chain_file("compute-0/blocks/*.log"), flip),
    ("a flipped bit in the utility chain's blocks", chain_file("utility/blocks/*.log"), flip),
    ("a truncated last segment", chain_file("*/blocks/*.log"), truncate),
    ("a flipped bit in the state", chain_file("*/state/data.mdb"), flip),
    ("a truncated state", chain_file("*/state/data.mdb"), truncate),
    ("a flipped bit in a stored payload", payloads, flip),
    ("a truncated payload", payloads, truncate),
    ("a flipped bit in the index", lambda h: [os.path.join(h, "index.db")], flip),
]


def looks_like_a_sentence(text):
    return len(text) > 20 and text.rstrip().endswith(".") or ";" in text


def outcome(job, expected):
    """'held' when the checker finds everything, or the sentence with which the node refuses."""
    done = subprocess.run([job.binary, "--check", job.home, job.acks], capture_output=True,
                          text=True, timeout=300)
    if done.returncode < 0:
        raise Broken(f"the node died with signal {-done.returncode}: {done.stderr.strip()}")
    said = done.stderr.strip()
    if done.returncode == 0:
        found = [line for line in done.stdout.splitlines() if not line.startswith("acknowledged")]
        if found != expected:
            raise Broken(f"WRONG ANSWER: {found}")
        return "held" + (f", saying: {said.splitlines()[-1]}" if said else "")
    if not looks_like_a_sentence(said):
        raise Broken(f"no sentence: {said}")
    return f"refused: {said.splitlines()[-1]}"


def damage(options, folder, finished, expected):
    rng = random.Random(options.seed)
    failures = 0
    for what, files, how in CASES:
        seen = {}
        for number in range(options.flips):
            job = finished.copy(os.path.join(folder, "damaged"))
            where = how(rng, rng.choice(files(job.home)))
            try:
                result = outcome(job, expected)
                kind = result.split(":")[0].split(",")[0]
                seen.setdefault(kind, []).append(f"{where}: {result}")
            except Broken as broken:
                failures += 1
                print(f"BROKEN {what}, {where}: {broken}", flush=True)
            shutil.rmtree(job.folder)
        for kind, results in sorted(seen.items()):
            print(f"{what}: {len(results)} times {kind}, such as {results[0]}", flush=True)
    return failures


def small_files(limit_bytes):
    """A disk that takes no file beyond a size: what a full one looks like, without being root."""
    def prepare():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
    return prepare


def full_disk(options, folder, datasets, expected):
    """The job runs until no file may grow any more, says so, and goes on when there is room."""
    binary = os.path.join(options.folder, "nano_job")
    job = Job.fresh(binary, os.path.join(folder, "full"), datasets)
    for limit_kib in (16, 100, 300, 450):
        code, _, err = job.run(limit=small_files(limit_kib << 10))
        said = err.strip().splitlines()[-1] if err.strip() else ""
        if code < 0 or (code != 0 and not looks_like_a_sentence(said)):
            raise Broken(f"files limited to {limit_kib} KiB: ended with {code}: {err.strip()}")
        print(f"files limited to {limit_kib} KiB: {said or 'finished'}", flush=True)
    acknowledged = job.finish(expected)
    print(f"with room again it finishes: {acknowledged}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--home", help="a finished job (its folder) to damage; default: make one")
    parser.add_argument("--datasets", help="texts built earlier, to save the time")
    parser.add_argument("--flips", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    binary = os.path.join(options.folder, "nano_job")
    folder = tempfile.mkdtemp(prefix="cambium-damage-")
    try:
        if options.home:
            finished = Job(binary, options.home)
        else:
            finished = Job.fresh(binary, os.path.join(folder, "finished"), options.datasets)
            code, _, err = finished.run()
            if code != 0:
                raise Broken(f"the job fails: {err.strip()}")
        expected = finished.facts()[0]
        failures = damage(options, folder, finished, expected)
        full_disk(options, folder, os.path.join(finished.home, "datasets"), expected)
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    print("no wrong answer" if not failures else f"{failures} BROKEN")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

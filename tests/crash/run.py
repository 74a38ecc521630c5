#!/usr/bin/env python3
"""Kills the nano main job at every named crash point and at random times, restarts it, and checks
that nothing acknowledged was lost or doubled.

run.py NANO_JOB [--random N] [--points PATTERN] [--seed S]
"""
import argparse
import fnmatch
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def run_job(binary, home, crash_at=None, kill_after=None):
    env = dict(os.environ)
    env.pop("CAMBIUM_CRASH_AT", None)
    if crash_at:
        env["CAMBIUM_CRASH_AT"] = crash_at
    process = subprocess.Popen([binary, home], env=env, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    try:
        out, err = process.communicate(timeout=kill_after if kill_after else 600)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        out, err = process.communicate()
    return process.returncode, out, err


def facts(binary, home):
    done = subprocess.run([binary, "--check", home], capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise SystemExit(f"the check failed: {done.stderr}")
    return done.stdout


def fresh_home(folder, name, datasets):
    home = os.path.join(folder, name)
    os.makedirs(home)
    shutil.copytree(datasets, os.path.join(home, "datasets"))
    return home


def finish(binary, home, what, expected):
    code, _, err = run_job(binary, home)
    if code != 0:
        raise SystemExit(f"{what}: the restart failed: {err}")
    found = facts(binary, home)
    if found != expected:
        raise SystemExit(f"{what}: expected\n{expected}\nfound\n{found}")
    shutil.rmtree(home)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--random", type=int, default=20)
    parser.add_argument("--points", default="*")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="cambium-crash-") as folder:
        first = os.path.join(folder, "first")
        code, out, err = run_job(options.binary, first)
        if code != 0:
            raise SystemExit(f"the job fails without a crash: {err}\n{out}")
        datasets = os.path.join(first, "datasets")
        started = time.monotonic()
        home = fresh_home(folder, "timed", datasets)
        run_job(options.binary, home)
        length = time.monotonic() - started
        expected = facts(options.binary, home)
        print(f"an undisturbed job takes {length:.1f} s and ends with\n{expected}", end="")
        names = subprocess.run([options.binary, "--points"], capture_output=True,
                               text=True).stdout.split()
        hit = 0
        for point in fnmatch.filter(names, options.points):
            home = fresh_home(folder, "point", datasets)
            code, _, _ = run_job(options.binary, home, crash_at=f"{point}:1")
            hit += code == -signal.SIGKILL
            finish(options.binary, home, point, expected)
            print(f"{point}: {'killed' if code == -signal.SIGKILL else 'not passed'}, good",
                  flush=True)
        for number in range(options.random):
            home = fresh_home(folder, "random", datasets)
            moment = rng.uniform(0.05, length)
            run_job(options.binary, home, kill_after=moment)
            finish(options.binary, home, f"seed {options.seed} kill {number} at {moment:.3f} s",
                   expected)
            print(f"killed at {moment:.3f} s, good", flush=True)
        print(f"{hit} named points and {options.random} random moments: nothing lost or doubled")


if __name__ == "__main__":
    sys.exit(main())

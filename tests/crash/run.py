#!/usr/bin/env python3
"""Kills the nano main job and the credit ledger at every named crash point and at random places,
restarts them, and checks that nothing acknowledged was lost or doubled.

run.py FOLDER [--random N] [--points PATTERN] [--jobs N] [--seed S] [--full]

FOLDER holds nano_job and ledger_job. To save time a kill in a later part of the job begins from a
copy of a home that was itself killed at the end of the part before, not from an empty one.
"""
import argparse
import concurrent.futures
import fnmatch
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from job import Broken, Job
from ledger import kill_ledger

# Where the reference job is killed, so that its home can be copied: the ends of its parts.
STAGES = ["node.job.after_story:2", "node.train.after_saved:1", "node.job.after_reward:1"]


class Stage:
    """A part of the job: where it begins, how long it takes, which points it passes."""

    def __init__(self, start, seconds, points):
        self.start, self.seconds, self.points = start, seconds, points


def reference(binary, folder, datasets):
    """The job in its parts, each killed at its end, then finished."""
    stages = []
    job = Job.fresh(binary, os.path.join(folder, "reference"), datasets)
    open(job.acks, "w").close()
    for number, end in enumerate(STAGES + [None]):
        start = job.copy(os.path.join(folder, f"stage{number}"))
        passed = len(job.points())
        began = time.monotonic()
        code, _, err = job.run(crash_at=end)
        if code != (-9 if end else 0):
            raise Broken(f"part {number} of the reference ended with {code}: {err.strip()}")
        stages.append(Stage(start, time.monotonic() - began, job.points()[passed:]))
    return stages, job


class Kills:
    def __init__(self, options, folder, stages, expected):
        self.options, self.folder, self.stages = options, folder, stages
        self.expected = expected
        self.number = 0

    def home(self, stage):
        self.number += 1
        return self.stages[stage].start.copy(os.path.join(self.folder, f"kill{self.number}"))

    def at_point(self, point):
        """In the last part that passes the point: the shortest run that shows it."""
        passing = [i for i, stage in enumerate(self.stages) if point in stage.points]
        if not passing:
            return f"{point}: not passed by this job"
        job = self.home(passing[-1])
        code, _, err = job.run(crash_at=f"{point}:1")
        return self.judge(job, code, f"killed at {point}", err)

    def at_moment(self, seed):
        """Any moment of the whole job is as likely as any other."""
        rng = random.Random(seed)
        moment = rng.uniform(0, sum(stage.seconds for stage in self.stages))
        stage = 0
        while stage + 1 < len(self.stages) and moment > self.stages[stage].seconds:
            moment -= self.stages[stage].seconds
            stage += 1
        job = self.home(stage)
        code, _, err = job.run(kill_after=max(moment, 0.02))
        return self.judge(job, code, f"killed {moment:.3f} s into part {stage}, seed {seed}", err)

    def at_write(self, seed):
        """Any passage of any crash point is as likely as any other."""
        rng = random.Random(seed)
        chosen = rng.randrange(sum(len(stage.points) for stage in self.stages))
        stage = 0
        while chosen >= len(self.stages[stage].points):
            chosen -= len(self.stages[stage].points)
            stage += 1
        job = self.home(stage)
        code, _, err = job.run(crash_at=f"*:{chosen + 1}")
        return self.judge(job, code, f"killed at passage {chosen + 1} of part {stage}, "
                                     f"seed {seed}", err)

    def judge(self, job, code, what, err):
        if code not in (-9, 0):
            raise Broken(f"{what}: the job failed with {code} before its kill: {err.strip()}")
        try:
            acknowledged = job.finish(self.expected)
        except Broken as broken:
            raise Broken(f"{what}: {broken} (home kept: {job.home})") from broken
        shutil.rmtree(job.folder)
        late = "" if code == -9 else " (it had ended before)"
        return f"{what}{late}: good, {acknowledged}"


def kill_one_often(options, folder, datasets):
    """One home, killed five times at random: for the job in its full size."""
    job = Job.fresh(os.path.join(options.folder, "nano_job"), os.path.join(folder, "often"),
                    datasets)
    rng = random.Random(options.seed)
    for kill in range(5):
        moment = rng.uniform(1, options.full_seconds / 5)
        code, _, err = job.run(kill_after=moment)
        if code != -9:
            raise Broken(f"the job ended with {code} before kill {kill + 1}: {err.strip()}")
        print(f"killed after {moment:.0f} s", flush=True)
    code, _, err = job.run()
    if code != 0:
        raise Broken(f"the last restart failed: {err.strip()}")
    job.checkpoints_held()
    print("\n".join(job.facts()[0]))


def all_kills(options, folder):
    binary = os.path.join(options.folder, "nano_job")
    first = Job.fresh(binary, os.path.join(folder, "first"), options.datasets)
    began = time.monotonic()
    code, out, err = first.run()
    if code != 0:
        raise Broken(f"the job fails without a kill: {err.strip()}\n{out}")
    expected, acknowledged = first.facts()
    print(f"an undisturbed job takes {time.monotonic() - began:.1f} s and ends with\n  "
          + "\n  ".join(expected + [acknowledged]), flush=True)
    datasets = os.path.join(first.home, "datasets")
    stages, finished = reference(binary, folder, datasets)
    found = finished.facts()[0]
    if found != expected:
        raise Broken(f"the job killed between its parts ends with {found}")
    print("its parts take", ", ".join(f"{s.seconds:.1f} s ({len(s.points)} passages)"
                                      for s in stages), flush=True)
    kills = Kills(options, folder, stages, expected)
    names = subprocess.run([binary, "--points"], capture_output=True, text=True).stdout.split()
    # tests/validators kills at those of the engine that this job does not run.
    names = [name for name in names if not name.startswith("engine.comet.")]
    tasks = [(kills.at_point, name) for name in fnmatch.filter(names, options.points)]
    for number in range(options.random):
        how = kills.at_moment if number % 2 == 0 else kills.at_write
        tasks.append((how, options.seed * 1000 + number))
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(f, x) for f, x in tasks]):
            try:
                print(done.result(), flush=True)
            except Broken as broken:
                failures += 1
                print(f"BROKEN {broken}", flush=True)
    return len(tasks), failures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--random", type=int, default=20)
    parser.add_argument("--points", default="*")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--datasets", help="texts built earlier, to save the time")
    parser.add_argument("--keep", help="a folder for the homes, left behind")
    parser.add_argument("--full", action="store_true", help="five kills of one job, no others")
    parser.add_argument("--full-seconds", type=float, default=600, help="how long it about takes")
    options = parser.parse_args()
    began = time.monotonic()
    folder = options.keep or tempfile.mkdtemp(prefix="cambium-crash-")
    os.makedirs(folder, exist_ok=True)
    try:
        if options.full:
            kill_one_often(options, folder, options.datasets)
            return 0
        print(kill_ledger(os.path.join(options.folder, "ledger_job"), folder, options.seed))
        kills, failures = all_kills(options, folder)
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    print(f"{kills} kills in {time.monotonic() - began:.0f} s: "
          + (f"{failures} BROKEN" if failures else "nothing lost or doubled"))
    if not failures and not options.keep:
        shutil.rmtree(folder)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

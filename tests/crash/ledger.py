"""Kills a client of the credit ledger at its named points and at random, and compares the books."""
import os
import random
import subprocess

from job import Broken

POINTS = ["ledger.between_linked", "ledger.before_commit", "ledger.after_commit"]


def run(binary, folder, crash_at=None, kill_after=None):
    env = dict(os.environ)
    if crash_at:
        env["CAMBIUM_CRASH_AT"] = crash_at
    process = subprocess.Popen([binary, os.path.join(folder, "ledger.db"),
                                os.path.join(folder, "acks")],
                               env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        out, err = process.communicate(timeout=kill_after or 120)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    if process.returncode not in (0, -9):
        raise Broken(f"the ledger's client failed: {err.strip()}")
    return process.returncode, out


def kill_ledger(binary, folder, seed, times=20):
    """Every point once and `times` random passages, all in a chain of restarts on one file, then
    once more with moments of time."""
    rng = random.Random(seed)
    where = [os.path.join(folder, name) for name in ("books", "points", "moments")]
    for place in where:
        os.makedirs(place)
    _, expected = run(binary, where[0])
    killed = 0
    for point in POINTS + [rng.choice(POINTS) for _ in range(times)]:
        code, _ = run(binary, where[1], crash_at=f"{point}:{rng.randrange(1, 12)}")
        killed += code == -9
    for _ in range(times):
        code, _ = run(binary, where[2], kill_after=rng.uniform(0.002, 0.05))
        killed += code == -9
    for place in where[1:]:
        code, books = run(binary, place)
        if code != 0 or books != expected:
            raise Broken(f"the books differ after kills:\n{books}instead of\n{expected}")
    return f"the ledger's client was killed {killed} times: the same books, " \
           + expected.splitlines()[-1]

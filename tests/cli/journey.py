"""From an empty home to a paid answer, with the real program (must show 1 and 11).

usage: journey.py CAMBIUM [--keep]
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

READY_S = 300  # a busy machine may be ten times slower than an idle one


class Journey:
    def __init__(self, program, home):
        self.program = program
        self.home = home
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("CAMBIUM_")}
        text = pathlib.Path(__file__).resolve().parents[2] / ".cambium" / "text"
        self.environment["CAMBIUM_TEXT"] = str(text)
        self.environment["CAMBIUM_ENGINE_COMPUTE_IDLE_MS"] = "500"

    def run(self, *words, code=0):
        command = [self.program, *words, "--home", self.home]
        done = subprocess.run(command, capture_output=True, text=True, env=self.environment,
                              timeout=READY_S)
        if done.returncode != code:
            raise AssertionError(f"{' '.join(words)}: exit {done.returncode}, expected {code}\n"
                                 f"{done.stdout}{done.stderr}")
        return done

    def json(self, *words):
        return json.loads(self.run(*words, "--json").stdout)

    @contextlib.contextmanager
    def running(self, *words):
        """A node in the background; yields its story's lines so far and stops it by Ctrl-C."""
        command = [self.program, *words, "--home", self.home, "--json", "--port", "0",
                   "--compute-port", "0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                                   env=self.environment)
        try:
            lines = []
            for line in process.stdout:
                lines.append(json.loads(line))
                if lines[-1]["step"] == "ready":
                    break
            assert lines and lines[-1]["step"] == "ready", lines
            yield lines
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert process.wait(READY_S) == 0, "Ctrl-C must end with exit code 0"
            print(f"stopped in {time.monotonic() - began:.1f} s")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def story(journey):
    """must show 1: the whole story, and a second run that only takes seconds."""
    began = time.monotonic()
    out = journey.run("up", "--nano", "--port", "0", "--compute-port", "0",
                      "--exit-when-done").stdout
    first = time.monotonic() - began
    for words in ("accepted", "CBM paid", "noise", "perplexity before", "Dashboard: http://",
                  "base training"):
        assert words in out, f"{words!r} is missing in:\n{out}"
    began = time.monotonic()
    out = journey.run("up", "--port", "0", "--compute-port", "0", "--exit-when-done").stdout
    second = time.monotonic() - began
    assert "what is done is not done again" in out, out
    assert "step 1 of" not in out, "the second run must not train"
    assert second < max(20, first / 2), f"first {first:.1f} s, second {second:.1f} s"
    print(f"first run {first:.1f} s, second run {second:.1f} s")


def stop_early(journey):
    """Ctrl-C in the middle of training is a clean end, and the same command goes on later."""
    command = [journey.program, "up", "--nano", "--home", journey.home, "--port", "0",
               "--compute-port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                               env=journey.environment)
    for line in process.stdout:
        if "training the base model" in line:
            break
    process.send_signal(signal.SIGTERM)
    process.stdout.read()
    assert process.wait(READY_S) == 0, "SIGTERM must end with exit code 0"


def ask(journey):
    answer = journey.run("chat", "In the beginning", "--max-tokens", "5", "--seed", "1", "--json")
    events = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [e["type"] for e in events][0] == "stream_start", events
    tokens = [e for e in events if e["type"] == "token"]
    end = events[-1]
    assert end["type"] == "stream_end" and end["total_tokens"] == len(tokens), events
    cost = sum(round(float(e["cost"]) * 1e6) for e in tokens)
    cost += round(float(events[0]["input_cost"]) * 1e6)
    assert cost == round(float(end["total_cost"]) * 1e6), "token prices must add up"


def explore(journey):
    assert journey.json("query", "chain")["alias"] == "utility"
    assert journey.json("query", "block", "1")["header"]["height"] == 1
    assert journey.json("model", "list")["items"][0]["id"] == "cambium-small"
    statuses = {e["status"] for e in journey.json("model", "evaluations")["items"]}
    assert {"accepted", "rejected"} <= statuses, statuses
    leases = journey.json("query", "module", "models.leases", "model=cambium-small", "--chain",
                          "compute-0")
    assert "result" in leases, leases
    assert "libtorch" in journey.run("doctor").stdout


def pay(journey):
    sent = journey.json("tx", "send", "trainer", "1.5", "--from", "demo")
    assert sent["status"] == "ok", sent
    tx = journey.json("query", "tx", sent["hash"])
    assert tx["diff"], "a payment changes balances"
    key = next(d["key"] for d in tx["diff"] if d["module"] == "bank")
    shown = journey.json("verify", key)
    assert shown["verified"] and shown["trusts"] == "the home's operator key", shown
    absent = journey.json("verify", key + "00")
    assert absent["shows"] == "the entry does not exist", absent
    wrong = journey.run("verify", key, "--operator-key", "00" * 32, code=1)
    assert "do not believe this node" in wrong.stderr, wrong.stderr
    burnt = journey.json("tx", "bank.Burn", "--fields", '{"coin":{"denom":"ucbm","amount":"1"}}')
    assert burnt["status"] == "ok", burnt


def misuse(journey):
    """must show 11: sentences that say what to do."""
    busy = journey.run("up", code=1).stderr
    assert "is in use by another cambium process" in busy, busy
    poor = journey.run("tx", "send", "trainer", "999999999", code=1).stderr
    assert "refused bank.Send" in poor, poor
    unknown = journey.run("query", "tx", "ab" * 32, code=1).stderr
    assert unknown.startswith("cambium: "), unknown


def port_in_use(journey, url):
    port = re.search(r":(\d+)$", url).group(1)
    other = Journey(journey.program, journey.home + ".other")
    try:
        said = other.run("up", "--nano", "--port", port, "--exit-when-done", code=1).stderr
        assert port in said, said
    finally:
        shutil.rmtree(other.home, ignore_errors=True)


def train(journey):
    """A contributor of another process and home, over HTTP."""
    url = (pathlib.Path(journey.home) / "address").read_text().strip()
    other = Journey(journey.program, journey.home + ".trainer")
    try:
        # A second expert for one domain adds less: it takes more steps to clear the bound.
        command = [other.program, "train", "--nano", "--steps", "1500", "--node", url, "--home",
                   other.home]
        done = subprocess.run(command, capture_output=True, text=True, env=other.environment,
                              timeout=READY_S)
        print(done.stdout, done.stderr)
        with urllib.request.urlopen(url + "/train/runs") as reply:
            runs = json.load(reply)["items"]
        assert any(run["title"].endswith("trains for kjv-bible") for run in runs), runs
        assert done.returncode == 0 and "is accepted" in done.stdout, done.stderr
        assert "CBM paid on the utility chain" in done.stdout, done.stdout
    finally:
        shutil.rmtree(other.home, ignore_errors=True)


def main():
    program = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="cambium-journey.")
    journey = Journey(program, os.path.join(folder, "home"))
    try:
        stop_early(journey)
        story(journey)
        with journey.running("node") as lines:
            assert len(lines) >= 2, lines
            for part in (ask, explore, pay, misuse):
                part(journey)
                print(f"ok {part.__name__}")
            port_in_use(journey, lines[-1]["url"])
            train(journey)
    finally:
        if "--keep" not in sys.argv:
            shutil.rmtree(folder, ignore_errors=True)
    print("ok")


if __name__ == "__main__":
    main()

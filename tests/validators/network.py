"""Validators on this machine: `cambium localnet` in a fresh home, ended by the test."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request

START_WITHIN_S = 120


class Validator:
    """One of its nodes, reached by its API."""

    def __init__(self, said):
        self.name = said["name"]
        self.home = pathlib.Path(said["home"])
        self.api = said["api"]
        self.rpc = said["rpc"]
        self.own = None  # the process, when the test itself started it

    def get(self, path, timeout=5):
        with urllib.request.urlopen(self.api + path, timeout=timeout) as reply:
            return json.load(reply)

    def status(self):
        return self.get("/chain/utility/status")

    def height(self):
        """0 while it does not answer."""
        try:
            return self.status()["height"]
        except OSError:
            return 0

    def block(self, height):
        return self.get(f"/chain/utility/blocks/{height}")

    def kill(self):
        """As a power cut would: no goodbye. Its consensus process ends with it."""
        os.kill(int((self.home / "lock").read_text()), signal.SIGKILL)
        if self.own:
            self.own.wait(timeout=30)

    def kill_consensus(self):
        """Kills the CometBFT that this node supervises; true when there was one."""
        tasks = pathlib.Path(f"/proc/{self.own.pid}/task").glob("*/children")
        children = [int(pid) for task in tasks for pid in task.read_text().split()]
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        return bool(children)

    def start(self, binary, **environment):
        self.own = subprocess.Popen([binary, "node", "--home", self.home],
                                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL, env={**os.environ, **environment})

    def stop(self):
        if self.own and self.own.poll() is None:
            self.own.send_signal(signal.SIGTERM)
            self.own.wait(timeout=60)


class Localnet:
    """Runs until the block ends; `validators` answer when it begins."""

    def __init__(self, binary, *options, validators=4):
        self.binary = binary
        self.home = tempfile.mkdtemp(prefix="cambium-localnet-")
        self.process = subprocess.Popen(
            [binary, "localnet", "--json", "--home", self.home, "--validators", str(validators),
             *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.validators = [Validator(json.loads(self.process.stdout.readline()))
                           for _ in range(validators)]
        self.blocks = []  # (seconds, height) as the network reported them
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            said = json.loads(line)
            if said["step"] == "block":
                self.blocks.append((time.monotonic(), said["height"]))

    def __enter__(self):
        self.wait(lambda: all(v.height() >= 2 for v in self.validators), START_WITHIN_S,
                  "the first blocks")
        return self

    def __exit__(self, *_):
        for validator in self.validators:
            validator.stop()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)
        shutil.rmtree(self.home, ignore_errors=True)

    def wait(self, condition, seconds, what):
        """Asks five times a second; returns how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if condition():
                return time.monotonic() - began
            time.sleep(0.2)
        raise AssertionError(f"{what} did not come within {seconds} s")

    def newest(self):
        return max(v.height() for v in self.validators)

    def send(self, validator):
        """1 CBM from the first operator, final; returns seconds."""
        began = time.monotonic()
        said = subprocess.run(
            [self.binary, "tx", "send", "trainer", "1", "--json", "--from", "operator",
             "--home", self.validators[0].home, "--node", validator.api],
            capture_output=True, text=True, timeout=120)
        assert said.returncode == 0, said.stdout + said.stderr
        return time.monotonic() - began

    def validator(self, node):
        """What the chain says about the validator of that node."""
        said = subprocess.run([self.binary, "query", "module", "staking.validators", "--json",
                               "--node", self.validators[0].api], capture_output=True, text=True,
                              check=True)
        def find(value):
            if isinstance(value, dict):
                if value.get("description", {}).get("moniker") == node.name:
                    return value
                value = list(value.values())
            if isinstance(value, list):
                return next(filter(None, map(find, value)), None)
            return None
        return find(json.loads(said.stdout))

    def agree(self, height, validators=None):
        """The state that every node's header of that height commits to, and the block's hash."""
        said = {(v.block(height)["hash"], v.block(height)["header"]["state_root"])
                for v in validators or self.validators}
        assert len(said) == 1, f"the nodes disagree at height {height}: {said}"
        return said.pop()

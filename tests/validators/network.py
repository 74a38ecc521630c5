"""Validators on this machine: `cambium localnet` in a fresh home, ended by the test."""

import json
import os
import pathlib
import re
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
        self.operator = said.get("operator")
        self.home = pathlib.Path(said["home"])
        self.api = said["api"]
        self.rpc = said["rpc"]
        self.own = None  # the process, when the test itself started it
        self.prefix = []  # what it is started through: another network, another clock

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

    def consensus_key(self):
        """As CometBFT keeps it."""
        path = self.home / "chains/utility/cometbft/config/priv_validator_key.json"
        return json.loads(path.read_text())

    def kill(self):
        """As a power cut would: no goodbye. Its consensus process ends with it."""
        os.kill(int((self.home / "lock").read_text()), signal.SIGKILL)
        if self.own:
            self.own.wait(timeout=30)

    def consensus(self):
        """The processes of the CometBFT that this node supervises: one, or none between two."""
        tasks = pathlib.Path(f"/proc/{self.own.pid}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text().split()]

    def kill_consensus(self):
        """True when there was one."""
        children = self.consensus()
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        return bool(children)

    def start(self, binary, **environment):
        """What it says goes where `cambium localnet` would have put it."""
        (self.home / "logs").mkdir(exist_ok=True)
        with open(self.home / "logs" / "node.log", "ab") as log:
            self.own = subprocess.Popen([*self.prefix, binary, "node", "--home", self.home],
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                        env={**os.environ, **environment})

    def said(self):
        """Its log, and CometBFT's."""
        logs = sorted((self.home / "logs").glob("*.log"))
        return "".join(log.read_text(errors="replace") for log in logs)

    def change_settings(self, **settings):
        """In cambium.toml, each already there or in [engine]."""
        path = self.home / "cambium.toml"
        text = path.read_text()
        for key, value in settings.items():
            line = f"{key} = {json.dumps(value)}"
            text, found = re.subn(rf"^{key} = .*$", lambda _: line, text, flags=re.M)
            if not found:
                text = text.replace("[engine]\n", f"[engine]\n{line}\n")
        path.write_text(text)

    def stop(self):
        if self.own and self.own.poll() is None:
            self.own.send_signal(signal.SIGTERM)
            self.own.wait(timeout=60)


def address_bytes(text):
    """The 20 bytes that an address stands for."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    number = 0
    for letter in text.rsplit("1", 1)[1][:-6]:
        number = number << 5 | letters.index(letter)
    return number.to_bytes(20, "big")


class Refused(Exception):
    """What the command line said about a transaction that was not carried out."""


class Network:
    """Validators, however they were started. Who makes one names `binary`, `home`, `validators`."""

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

    def tx(self, node, kind, fields):
        """A message by the operator of that node, final; `Refused` with what was said otherwise."""
        said = subprocess.run(
            [self.binary, "tx", kind, "--fields", json.dumps(fields), "--json", "--from",
             "operator", "--home", node.home, "--node", self.validators[0].api],
            capture_output=True, text=True, timeout=60)
        if said.returncode != 0:
            raise Refused(said.stderr.strip())
        return json.loads(said.stdout)

    def ask(self, question, *arguments, node=None):
        """A module's answer by one node, the first unless another is named."""
        said = subprocess.run([self.binary, "query", "module", question, *arguments, "--json",
                               "--node", (node or self.validators[0]).api],
                              capture_output=True, text=True, check=True)
        return json.loads(said.stdout)["result"]

    def listed(self, node):
        """What the list of validators says about that node's; nothing when it is not there."""
        def find(value):
            if isinstance(value, dict):
                inner = value.get("validator")
                if isinstance(inner, dict) and inner["description"]["moniker"] == node.name:
                    return value
                value = list(value.values())
            if isinstance(value, list):
                return next(filter(None, map(find, value)), None)
            return None
        return find(self.ask("staking.validators"))

    def validator(self, node):
        return self.listed(node)["validator"]

    def signers(self, height):
        """Consensus addresses of those whose votes stand behind that block."""
        url = f"http://{self.validators[0].rpc}/commit?height={height}"
        with urllib.request.urlopen(url, timeout=5) as reply:
            signed = json.load(reply)["result"]["signed_header"]["commit"]["signatures"]
        return {one["validator_address"] for one in signed if one.get("signature")}

    def agree(self, height, validators=None):
        """The state that every node's header of that height commits to, and the block's hash."""
        said = {(v.block(height)["hash"], v.block(height)["header"]["state_root"])
                for v in validators or self.validators}
        assert len(said) == 1, f"the nodes disagree at height {height}: {said}"
        return said.pop()

class Localnet(Network):
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


class OwnNodes(Network):
    """The same network, but each node started by the test itself, in the surroundings it needs."""

    def __init__(self, binary, *options, validators=4, through=()):
        """`through`: what the homes are made through, as a validator's `prefix`."""
        self.binary = binary
        self.home = tempfile.mkdtemp(prefix="cambium-nodes-")
        made = subprocess.Popen(
            [*through, binary, "localnet", "--json", "--home", self.home, "--validators",
             str(validators), *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        said = [json.loads(made.stdout.readline()) for _ in range(validators)]
        made.send_signal(signal.SIGINT)  # only its homes are wanted
        made.communicate(timeout=60)
        self.validators = [Validator(one) for one in said]

    def start(self):
        for validator in self.validators:
            validator.start(self.binary)
        self.wait(lambda: all(v.height() >= 2 for v in self.validators), START_WITHIN_S,
                  "the first blocks")

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        for validator in self.validators:
            if validator.own and validator.own.poll() is None:
                validator.own.send_signal(signal.SIGTERM)
        for validator in self.validators:
            validator.stop()
        if failed:
            print(f"the homes are kept in {self.home}")
        else:
            shutil.rmtree(self.home, ignore_errors=True)

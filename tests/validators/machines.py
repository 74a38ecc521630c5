"""Validators on machines of their own: each in a network namespace, joined by one bridge.

The test runs inside a network namespace too, so nothing outside sees any of it, and all of it goes
with the test. A link between two machines is cut by giving each a wrong hardware address of the
other: what they send is lost without a word, as in a network that fails, and open connections stay
open until somebody notices.
"""

import itertools
import os
import pathlib
import re
import subprocess
import sys

from network import OwnNodes

INSIDE = "CAMBIUM_TEST_NETWORK"
NOBODY = "02:00:00:00:00:01"


def why_not():
    """Why this machine has no network namespaces, as a sentence; nothing when it has."""
    tried = subprocess.run(
        ["unshare", *as_root(), "--net", "sh", "-c", "ip link add name b type bridge && "
         "ip link add name v type veth peer name w && unshare --net true"],
        capture_output=True, text=True)
    if tried.returncode == 0:
        return None
    return "this machine does not let a test make network namespaces: " + tried.stderr.strip()


def as_root():
    return [] if os.geteuid() == 0 else ["--user", "--map-root-user"]


def enter():
    """Goes on in a namespace of its own, with the same arguments."""
    if os.environ.get(INSIDE):
        return
    os.environ[INSIDE] = "1"
    os.execvp("unshare", ["unshare", *as_root(), "--net", sys.executable, *sys.argv])


def ip(*words, inside=None):
    enter_it = ["nsenter", f"--net=/proc/{inside}/ns/net"] if inside else []
    subprocess.run([*enter_it, "ip", *map(str, words)], check=True)


class Machine:
    """A namespace, kept by a process that sleeps; its wire ends at the bridge."""

    def __init__(self, number):
        self.address = f"10.77.0.{number + 1}"
        self.holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec sleep 100000"],
                                       stdout=subprocess.PIPE)
        self.holder.stdout.read(1)  # it has its namespace
        pid, wire = self.holder.pid, f"wire{number}"
        ip("link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", pid)
        ip("link", "set", wire, "master", "bridge", "up")
        ip("link", "set", "lo", "up", inside=pid)
        ip("address", "add", self.address + "/24", "dev", "eth0", inside=pid)
        ip("link", "set", "eth0", "up", inside=pid)

    def prefix(self):
        return ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net"]

    def lose(self, other):
        ip("neighbour", "replace", other.address, "lladdr", NOBODY, "dev", "eth0",
           "nud", "permanent", inside=self.holder.pid)

    def find(self, other):
        ip("neighbour", "flush", "to", other.address, "dev", "eth0", "nud", "permanent",
           inside=self.holder.pid)


class SeparateNodes(OwnNodes):
    """Four validators on four machines; the test is a fifth, which reaches all of them always."""

    def __init__(self, binary, *options, validators=4):
        super().__init__(binary, *options, validators=validators)
        ip("link", "set", "lo", "up")
        ip("link", "add", "name", "bridge", "type", "bridge")
        ip("address", "add", "10.77.0.100/24", "dev", "bridge")
        ip("link", "set", "bridge", "up")
        self.machines = [Machine(number) for number in range(validators)]
        self.cuts = set()
        ports = {v.name: re.search(r"^p2p_port = (\d+)", self._settings(v), re.M)[1]
                 for v in self.validators}
        for validator, machine in zip(self.validators, self.machines):
            validator.prefix = machine.prefix()
            text = self._settings(validator)
            for other, where in zip(self.validators, self.machines):
                text = text.replace(f"127.0.0.1:{ports[other.name]}",
                                    f"{where.address}:{ports[other.name]}")
            pathlib.Path(validator.home / "cambium.toml").write_text(text)
            validator.change_settings(p2p_host=machine.address)
            text = self._settings(validator).replace(
                "[gateway]\n", f'[gateway]\nhost = "{machine.address}"\n')
            pathlib.Path(validator.home / "cambium.toml").write_text(text)
            validator.api = validator.api.replace("127.0.0.1", machine.address)

    @staticmethod
    def _settings(validator):
        return (validator.home / "cambium.toml").read_text()

    def __exit__(self, *failure):
        super().__exit__(*failure)
        for machine in self.machines:
            machine.holder.kill()
            machine.holder.wait()

    def cut(self, pairs):
        """Exactly these pairs of machines do not hear each other from now on."""
        wanted = {frozenset(pair) for pair in pairs}
        for pair in self.cuts ^ wanted:
            for one, other in itertools.permutations(pair):
                machine = self.machines[one]
                (machine.lose if pair in wanted else machine.find)(self.machines[other])
        self.cuts = wanted

    def split(self, *sides):
        """Machines of different sides do not hear each other."""
        self.cut((a, b) for one, other in itertools.combinations(sides, 2)
                 for a in one for b in other)

    def heal(self):
        self.cut([])

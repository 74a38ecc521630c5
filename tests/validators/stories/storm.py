"""Everything at once and at random: cut links, killed nodes, killed and frozen CometBFTs, under
load, from one seed. When it is over all go on, with one history and each acknowledged transaction
in it once (B/CONS-01).

CAMBIUM_SEED repeats the same faults, CAMBIUM_STORM_S sets how long they last (60 s).
"""

import itertools
import os
import random
import signal
import time

import machines
from load import Load, check
from story import note

why_not = machines.why_not
PAIRS = list(itertools.combinations(range(4), 2))
CALM_WITHIN_S = 150


class Storm:
    def __init__(self, net, chance):
        self.net = net
        self.chance = chance
        self.frozen = []
        self.faults = 0

    def strike(self):
        act = self.chance.choice([self.cut, self.cut, self.heal, self.kill, self.kill_consensus,
                                  self.freeze, self.thaw, self.revive, self.revive])
        act(self.chance.choice(self.net.validators))
        self.faults += 1

    def cut(self, _):
        self.net.cut(self.chance.sample(PAIRS, self.chance.randint(1, 5)))

    def heal(self, _):
        self.net.heal()

    def kill(self, node):
        if node.own.poll() is None:
            node.kill()

    def revive(self, _):
        for node in self.net.validators:
            if node.own.poll() is not None:
                node.start(self.net.binary)

    def kill_consensus(self, node):
        if node.own.poll() is None:
            node.kill_consensus()

    def freeze(self, node):
        for pid in node.consensus() if node.own.poll() is None else []:
            os.kill(pid, signal.SIGSTOP)
            self.frozen.append(pid)

    def thaw(self, _=None):
        for pid in self.frozen:
            try:
                os.kill(pid, signal.SIGCONT)
            except ProcessLookupError:
                pass  # killed in the meantime
        self.frozen = []

    def end(self):
        self.thaw()
        self.net.heal()
        self.revive(None)


def run(binary):
    machines.enter()
    seed = int(os.environ.get("CAMBIUM_SEED", time.time()))
    lasts = float(os.environ.get("CAMBIUM_STORM_S", 60))
    chance = random.Random(seed)
    note(f"CAMBIUM_SEED={seed}")
    with machines.SeparateNodes(binary) as net:
        net.start()
        storm = Storm(net, chance)
        with Load(net, clients=3) as load:
            end = time.monotonic() + lasts
            while time.monotonic() < end:
                storm.strike()
                time.sleep(chance.uniform(0.5, 4))
            storm.end()
            note(f"{storm.faults} faults in {lasts:.0f} s, {load.count()} acknowledged meanwhile")
            goal, sent = net.newest() + 3, load.count() + 3
            took = net.wait(lambda: min(v.height() for v in net.validators) >= goal and
                            load.count() >= sent, CALM_WITHIN_S, "blocks after the storm")
            note(f"calm: all four go on after {took:.1f} s")
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "the last blocks")
        note(check(net, load))
        jailed = [v.name for v in net.validators if net.validator(v).get("jailed")]
        assert not jailed, f"signed twice: {jailed}"

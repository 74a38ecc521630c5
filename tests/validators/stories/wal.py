"""What a node had written is cut short or altered at random bytes while it is down: CometBFT's log
of votes, our record of blocks, the state. It mends itself, and nothing acknowledged is lost
(B/CONS-01).

CAMBIUM_SEED repeats the same damage.
"""

import os
import random
import shutil
import time

from load import Load, check
from network import OwnNodes
from story import note

BACK_WITHIN_S = 90


def newest_in(folder, pattern):
    return max(folder.glob(pattern), key=lambda file: file.stat().st_mtime)


def votes(node):
    return newest_in(node.home / "chains/utility/cometbft/data/cs.wal", "wal*")


def record(node):
    return newest_in(node.home / "chains/utility/blocks", "blocks-*.log")


def state(node):
    return node.home / "chains/utility/state/data.mdb"


def cut(file, at):
    with open(file, "r+b") as handle:
        handle.truncate(at)
    return f"{file.name} cut at byte {at}"


def cut_anywhere(file, chance):
    return cut(file, chance.randrange(file.stat().st_size))


def cut_end(file, chance):
    size = file.stat().st_size
    return cut(file, size - chance.randrange(1, min(size, 200)))


def flip(file, chance):
    at = chance.randrange(file.stat().st_size)
    with open(file, "r+b") as handle:
        handle.seek(at)
        byte = handle.read(1)[0]
        handle.seek(at)
        handle.write(bytes([byte ^ 1 << chance.randrange(8)]))
    return f"{file.name}: a bit flipped in byte {at}"


def remove(file, _):
    folder = file.parent
    shutil.rmtree(folder)
    folder.mkdir()
    return f"{folder.name} emptied"


DAMAGE = [(votes, cut_anywhere), (votes, cut_end), (votes, cut_anywhere), (votes, flip),
          (votes, remove), (record, cut_end), (record, cut_anywhere), (record, flip),
          (record, remove), (state, cut_anywhere)]


def kill(net, node):
    """As a power cut would; until its CometBFT has gone too."""
    under_it = node.consensus()
    node.kill()
    net.wait(lambda: not any(os.path.exists(f"/proc/{pid}/fd") for pid in under_it), 30,
             "the end of CometBFT")


def comes_back(net, node, what):
    goal = net.newest() + 2
    node.start(net.binary)
    net.wait(lambda: node.height() >= goal or node.own.poll() is not None, BACK_WITHIN_S,
             f"{node.name} after {what}")
    assert node.own.poll() is None, f"after {what} it ended: {node.said()[-2000:]}"


def one_after_another(net, chance):
    victim = net.validators[3]
    for where, damage in DAMAGE:
        kill(net, victim)
        what = damage(where(victim), chance)
        began = time.monotonic()
        comes_back(net, victim, what)
        note(f"{what}: back after {time.monotonic() - began:.1f} s")


def all_at_once(net, chance):
    """The power of all goes, and one of them loses its log of votes besides. Were it a third of
    them, they could not vote again in that round without risking a second vote, and would wait:
    CometBFT promises progress only while fewer forget."""
    for node in net.validators:
        kill(net, node)
    cut_anywhere(votes(chance.choice(net.validators)), chance)
    for node in net.validators:
        node.start(net.binary)
    net.wait(lambda: all(v.height() > 0 for v in net.validators), BACK_WITHIN_S, "all four")
    goal = net.newest() + 3
    took = net.wait(lambda: min(v.height() for v in net.validators) >= goal, BACK_WITHIN_S,
                    "blocks after all four were killed")
    note(f"all four killed, one log of votes cut: three blocks within {took:.1f} s more")


def run(binary):
    seed = int(os.environ.get("CAMBIUM_SEED", time.time()))
    chance = random.Random(seed)
    note(f"CAMBIUM_SEED={seed}")
    with OwnNodes(binary) as net:
        net.start()
        with Load(net, clients=2, ask=net.validators[:3]) as load:
            one_after_another(net, chance)
            all_at_once(net, chance)
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "the last blocks")
        note(check(net, load))
        jailed = [v.name for v in net.validators if net.validator(v).get("jailed")]
        assert not jailed, f"signed twice: {jailed}"

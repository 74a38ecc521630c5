"""Validators whose clocks are wrong, jumping, and two of four at once: blocks go on, time never
runs back, one wrong clock does not move it (H/CS-02, B/CONS-01). More than a minute behind,
CometBFT gives up: the node says why, and takes part again once its clock is right."""

import time

import clock
from clocks import TimedNodes
from load import Load, check
from story import note

why_not = clock.why_not
HOUR = 3600
WITHIN, BEYOND = 45, 75  # seconds; CometBFT tolerates a block a minute ahead of its clock


def block_times(net):
    node = net.validators[0]
    return [int(node.block(h)["header"]["time_ms"]) for h in range(1, node.height() + 1)]


def go_on(net, load, what, nodes=None, seconds=60):
    nodes = nodes or net.validators
    goal, sent = net.newest() + 4, load.count() + 2
    took = net.wait(lambda: min(v.height() for v in nodes) >= goal and load.count() >= sent,
                    seconds, f"blocks: {what}")
    ahead = block_times(net)[-1] / 1000 - time.time()
    note(f"{what}: four blocks in {took:.1f} s, the chain's time {ahead:+.1f} s from the true one")
    return abs(ahead)


def strobe(net, node):
    for step in range(20):
        net.move(node, WITHIN if step % 2 else -WITHIN)
        time.sleep(0.3)
    net.move(node, 0)


def far_behind(net, load, node):
    """Only once the chain is older than that: CometBFT waits for the time of the genesis."""
    first = block_times(net)[0] / 1000
    net.wait(lambda: time.time() - first > BEYOND + 5, BEYOND, "a chain so old")
    net.move(node, -BEYOND)
    net.wait(lambda: "clock is more than a minute behind" in node.said(), 60, "a word about it")
    assert go_on(net, load, "one too far behind, the others", net.validators[:3]) < 15
    net.move(node, 0)
    go_on(net, load, "its clock right again, all four", seconds=120)


def run(binary):
    with TimedNodes(binary) as net:
        third, fourth = net.validators[2:]
        net.move(fourth, HOUR)
        net.start()
        with Load(net, clients=3, ask=net.validators[:3]) as load:
            assert go_on(net, load, "one an hour ahead") < 15
            net.move(third, WITHIN)
            net.move(fourth, -WITHIN)
            assert go_on(net, load, "one ahead, one behind") < 15
            net.move(third, 0)
            strobe(net, fourth)
            assert go_on(net, load, "after one jumped to and fro twenty times") < 15
            net.move(third, WITHIN)
            net.move(fourth, WITHIN)
            go_on(net, load, "two of four ahead", seconds=120)
            net.move(third, 0)
            net.move(fourth, 0)
            go_on(net, load, "all right again", seconds=120)
            far_behind(net, load, fourth)
        times = block_times(net)
        assert all(a < b for a, b in zip(times, times[1:])), "the chain's time went back"
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "the last blocks")
        note(check(net, load))

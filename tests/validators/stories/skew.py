"""Validators whose clocks are wrong, by an hour either way, jumping, and two of four at once: blocks
go on, time never runs backwards, one wrong clock does not move it (H/CS-02, B/CONS-01)."""

import time

import clock
from clocks import TimedNodes
from load import Load, check
from story import note

why_not = clock.why_not
HOUR = 3600


def block_times(net):
    node = net.validators[0]
    return [int(node.block(h)["header"]["time_ms"]) for h in range(1, node.height() + 1)]


def go_on(net, load, what):
    goal, sent = net.newest() + 4, load.count() + 2
    took = net.wait(lambda: min(v.height() for v in net.validators) >= goal
                    and load.count() >= sent, 60, f"blocks: {what}")
    ahead = block_times(net)[-1] / 1000 - time.time()
    note(f"{what}: four blocks in {took:.1f} s, chain's time {ahead:+.1f} s of the true one")
    return ahead


def strobe(net, node):
    for step in range(20):
        net.move(node, HOUR if step % 2 else -HOUR)
        time.sleep(0.3)
    net.move(node, 0)


def run(binary):
    with TimedNodes(binary) as net:
        third, fourth = net.validators[2:]
        net.move(fourth, HOUR)
        net.start()
        with Load(net, clients=3) as load:
            for what, offsets in [("one an hour ahead", (0, HOUR)),
                                  ("it jumps to an hour behind", (0, -HOUR)),
                                  ("one ahead, one behind", (HOUR, -HOUR))]:
                for node, seconds in zip((third, fourth), offsets):
                    net.move(node, seconds)
                assert abs(go_on(net, load, what)) < 30, "wrong clocks moved the chain's"
            net.move(third, 0)
            strobe(net, fourth)
            assert abs(go_on(net, load, "after one jumped to and fro twenty times")) < 30
            net.move(third, 60)
            net.move(fourth, 60)
            go_on(net, load, "two of four a minute ahead")
            net.move(third, 0)
            net.move(fourth, 0)
            go_on(net, load, "all right again")
        times = block_times(net)
        assert all(a < b for a, b in zip(times, times[1:])), "the chain's time went back"
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "the last blocks")
        note(check(net, load))

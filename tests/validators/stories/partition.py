"""Networks that fall apart: the side with more than two thirds goes on, the other waits, and once
healed all have one history (H/CS-02, B/CONS-01)."""

import machines
from load import Load, check
from story import note

why_not = machines.why_not

CALM_S = 12  # longer than several blocks under load


def stand_still(net, nodes, what):
    """No new block on these nodes for a while; what was under way when the cut came may end."""
    time_to_end = net.newest() + 1
    net.wait(lambda: True, 1, "a moment")
    before = [node.height() for node in nodes]
    began = sum(before)
    try:
        net.wait(lambda: sum(n.height() for n in nodes) > began + len(nodes), CALM_S, "none")
    except AssertionError:
        return note(f"{what}: no block for {CALM_S} s")
    raise AssertionError(f"{what} made blocks: {before}, then {[n.height() for n in nodes]}, "
                         f"{time_to_end}")


def go_on(net, nodes, what):
    goal = max(node.height() for node in nodes) + 5
    took = net.wait(lambda: min(n.height() for n in nodes) >= goal, 60, f"blocks: {what}")
    note(f"{what}: five blocks in {took:.1f} s")


def agree_again(net, load, what):
    goal, sent = net.newest() + 2, load.count() + 3
    took = net.wait(lambda: min(v.height() for v in net.validators) >= goal
                    and load.count() >= sent, 120, f"healing after {what}")
    note(f"healed after {what}: all four go on after {took:.1f} s")


def run(binary):
    machines.enter()
    with machines.SeparateNodes(binary) as net:
        net.start()
        with Load(net, clients=3) as load:
            go_on(net, net.validators, "whole")
            net.split([0, 1, 2], [3])
            go_on(net, net.validators[:3], "three beside one")
            stand_still(net, net.validators[3:], "one of four")
            net.heal()
            agree_again(net, load, "three and one")
            net.split([0, 1], [2, 3])
            stand_still(net, net.validators, "two and two")
            net.heal()
            agree_again(net, load, "two and two")
            net.cut([(0, 2), (1, 3)])
            go_on(net, net.validators, "a ring, each hearing a different majority")
            net.heal()
            agree_again(net, load, "the ring")
            net.split([0], [1], [2], [3])
            stand_still(net, net.validators, "every one alone")
            net.heal()
            agree_again(net, load, "solitude")
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "the last blocks")
        note(check(net, load))


"""A silent validator loses 0.1 % a day, by the rule as it stands: a day passes by all clocks being
moved on, first by a day and an hour, then by another (H/CS-03). Back, it signs again after
Unjail."""

import clock
from clocks import TimedNodes
from load import Load
from story import note

why_not = clock.why_not
DAY = 86_400
HOUR = 3_600
MORE = 1_000 * 10**6


def tokens(net, node):
    return int(net.validator(node)["tokens_ucbm"])


def pass_days(net, nodes, days):
    for node in nodes:
        net.move(node, days * DAY + HOUR)


def lose(net, silent, before, days):
    net.wait(lambda: tokens(net, silent) < before, 90, f"the loss of day {days}")
    after = tokens(net, silent)
    lost = 1 - after / before
    note(f"day {days}: lost {100 * lost:.4f} % of its stake")
    assert abs(lost - 0.001) < 1e-7, (before, after)
    return after


def take_up_again(net, silent):
    """What it lost has brought it below a validator's least own stake, so it bonds some more."""
    net.tx(silent, "staking.Unjail", {})
    net.tx(silent, "staking.Delegate", {"validator": silent.operator, "amount_ucbm": str(MORE)})


def run(binary):
    with TimedNodes(binary, "--params", "slashing.downtime_blocks=20") as net:
        net.start()
        *others, silent = net.validators
        whole = tokens(net, silent)
        silent.kill()
        since = net.newest()
        with Load(net, clients=3, ask=others):
            net.wait(lambda: net.newest() >= since + 25, 150, "blocks without it")
            assert tokens(net, silent) == whole, "lost before its day was over"
            note(f"silent for {net.newest() - since} blocks and less than a day: nothing lost")
            pass_days(net, others, 1)
            left = lose(net, silent, whole, 1)
            assert net.validator(silent)["jailed"]
            pass_days(net, others, 2)
            left = lose(net, silent, left, 2)
            net.move(silent, 2 * DAY + HOUR)
            silent.start(binary)
            net.wait(lambda: silent.height() >= net.newest() - 1, 90, "it among the others")
            take_up_again(net, silent)
            net.wait(lambda: silent.consensus_key()["address"] in net.signers(net.newest() - 1), 60,
                     "its vote")
        assert tokens(net, silent) == left + MORE
        note("it has unjailed itself, bonded more and signs again")

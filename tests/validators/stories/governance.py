"""Votes on a running network: an upgrade at a height brings a rule, a node that may not follow it
stops there and says so, and catches up once it may; an emergency stops a message for everybody and
ends by itself (H/GO-01, O/GV-01, T/SE-02)."""

from load import Load, check
from network import OwnNodes, Refused
from story import note

WINDOW_MS = 60_000
PAUSE_MS = 60_000
COIN = {"denom": "ucbm", "amount": "1"}


def propose(net, track, title, actions, deposit_cbm=0):
    net.tx(net.validators[0], "governance.Propose",
           {"track": track, "title": title, "actions": actions,
            "deposit_ucbm": str(deposit_cbm * 10**6)})
    return str(newest_proposal(net)["id"])


def newest_proposal(net):
    return net.ask("governance.proposals", "limit=1")["items"][0]


def proposal(net, number):
    return net.ask("governance.proposal", f"proposal={number}")


def say_yes(net, number, voters):
    for node in voters:
        net.tx(node, "governance.Vote", {"proposal": number, "choice": "CHOICE_YES"})


def refused(net, node, kind, fields):
    try:
        net.tx(node, kind, fields)
    except Refused as said:
        return str(said)
    raise AssertionError(f"{kind} was carried out")


def send(net, node):
    return net.tx(node, "bank.Send", {"to": net.validators[0].operator, "coin": COIN})


def rules(net, node):
    return int(net.ask("chain.params", node=node)["rules_version"])


def upgrade(net, old):
    others = net.validators[:3]
    poll = propose(net, "TRACK_STAKE", "An opinion", [], 500)
    why = refused(net, net.validators[0], "governance.Cancel", {"proposal": poll})
    note(f"rules {rules(net, others[0])}: governance.Cancel is refused: {why}")
    height = net.newest() + 40
    plan = {"name": "second rules", "height": str(height), "rules_version": 2}
    number = propose(net, "TRACK_STAKE", "Rules 2", [{"upgrade": plan}], 500)
    say_yes(net, number, net.validators)
    net.wait(lambda: proposal(net, number)["status"] == "STATUS_PASSED", 150, "the vote's end")
    note(f"the upgrade is voted for height {height}; the newest is {net.newest()}")
    with Load(net, clients=3, ask=others) as load:
        net.wait(lambda: net.newest() >= height, 120, "the height of the upgrade")
        net.wait(lambda: old.own.poll() is not None, 60, "the end of the node with old rules")
        said = next(line for line in old.said().splitlines() if "needs rules version 2" in line)
        note(f"the node that follows rules 1 stopped: {said.strip()}")
        goal = net.newest() + 4
        net.wait(lambda: min(v.height() for v in others) >= goal, 60, "blocks by the new rules")
    assert rules(net, others[0]) == 2
    second = propose(net, "TRACK_STAKE", "Another opinion", [], 500)
    net.tx(net.validators[0], "governance.Cancel", {"proposal": second})
    assert proposal(net, second)["status"] == "STATUS_CANCELLED"
    note("rules 2: governance.Cancel works")
    old.change_settings(rules_limit=0)
    old.start(net.binary)
    goal = net.newest()
    took = net.wait(lambda: old.height() >= goal, 90, "the old node with new rules")
    note(f"with the new rules it catches up within {took:.1f} s: {check(net, load)}")


def emergency(net):
    first, second = net.validators[:2]
    before = send(net, second)["height"]
    number = propose(net, "TRACK_SECURITY", "Stop payments",
                     [{"pause": {"messages": ["bank.Send"], "duration_ms": str(PAUSE_MS)}}])
    say_yes(net, number, net.validators[:3])
    why = refused(net, second, "bank.Send", {"to": first.operator, "coin": COIN})
    note(f"three of four want it, bank.Send is refused: {why}")
    net.tx(first, "bank.Burn", {"coin": COIN})
    note("bank.Burn goes on")
    took = net.wait(lambda: not net.ask("governance.acts").get("items"), 150, "the act's end")
    assert send(net, second)["height"] > before
    note(f"{took:.0f} s later the act has ended by itself and bank.Send works")


def run(binary):
    with OwnNodes(binary, "--params", f"governance.stake_window_ms={WINDOW_MS}") as net:
        old = net.validators[3]
        old.change_settings(rules_limit=1)
        net.start()
        upgrade(net, old)
        emergency(net)

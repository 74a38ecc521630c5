"""What validators order is carried out by their nodes (B/CONS-06): a block that they certify is not
given up, and not joined against; a node with another block there stops; a reset of the consensus
goes on from its height under the next revision, nothing signed twice."""

import subprocess

import joining
from network import OwnNodes, Refused
from stories.governance import propose, say_yes
from stories.rollback import NEW_ID, cambium, pay, restore, trainer, vote_record
from story import note


def ordered(net, action):
    """Certified by all four: 80 % of them are needed. The act's number."""
    before = net.ask("governance.orders", "limit=10").get("items", [])
    number = propose(net, "TRACK_CONSENSUS", "An order", [action])
    say_yes(net, number, net.validators[:3])
    try:
        say_yes(net, number, net.validators[3:])
    except Refused:
        pass  # the order may stop the node before it answers
    return max((int(item["act"]) for item in before), default=0) + 1


def certified(net):
    height = net.newest() - 1
    block = net.validators[0].block(height)["hash"]
    act = ordered(net, {"checkpoint": {"height": str(height), "block_hash": block}})
    note(f"act {act} certifies block {height}, {block[:16]}")
    goal = net.newest() + 2
    pay(net, trainer(net), 1)
    pay(net, trainer(net), 1)
    net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "blocks after it")
    return height


def not_joined_against(net, height):
    other = "00" * 32
    said = subprocess.run(
        [net.binary, "node", "join", "--home", f"{net.home}/stranger", "--trust",
         f"{height}:{other}", "--servers", ",".join(v.rpc for v in net.validators[:2]),
         "--genesis", net.validators[0].home / "chains/utility/genesis.json", "--port",
         joining.free_port()], capture_output=True, text=True, timeout=60)
    assert said.returncode != 0 and "have certified that block" in said.stderr, said.stderr
    note(f"joining with another block: {said.stderr.strip()}")


def not_given_up(net, height):
    node = net.validators[3]
    node.stop()
    _, why = cambium(net, node, "snapshot", "restore", "--dry-run", "--without-order", "--height",
                     str(height - 2))
    assert "would be given up" in why, why
    note(f"going back below it: {why}")
    node.start(net.binary)
    net.wait(lambda: node.height() >= net.newest(), 60, "the fourth")


def sent(net):
    """Not so long as its CometBFT starts."""
    try:
        return net.send(net.validators[0])
    except AssertionError:
        return False


def another_block(net):
    """The validators certify a block that none of them has: a mistake, for once made by all."""
    height = net.newest() - 1
    act = ordered(net, {"checkpoint": {"height": str(height), "block_hash": "11" * 32}})
    took = net.wait(lambda: all(v.own.poll() is not None for v in net.validators), 60,
                    "the end of all nodes")
    for node in net.validators:
        assert "have certified that block" in node.said(), node.name
    said = next(x for x in net.validators[0].said().splitlines() if "have certified that" in x)
    note(f"a node with another block stops after {took:.1f} s: {said.strip()}")
    for node in net.validators:
        node.change_settings(ignored_checkpoint=act)
        node.start(net.binary)
    net.wait(lambda: all(v.height() > height for v in net.validators), 90, "all four again")
    net.wait(lambda: sent(net), 60, "a transaction")
    note(f"with engine.ignored_checkpoint = {act} all go on")


def reset(net):
    height = net.newest()
    act = ordered(net, {"consensus_reset": {"height": str(height)}})
    for node in net.validators:
        node.stop()
    signed = [vote_record(node) for node in net.validators]
    made = [restore(net, node) for node in net.validators]
    assert {(one["chain_id"], one["from_height"]) for one in made} == {(NEW_ID, height)}, made
    assert len({one["genesis_hash"] for one in made}) == 1, made
    for node in net.validators:
        node.start(net.binary)
    net.wait(lambda: min(v.height() for v in net.validators) >= made[0]["first_height"], 90,
             "the first blocks of the new life")
    net.send(net.validators[0])
    _, root = net.agree(made[0]["first_height"])
    assert all(vote_record(n) > old for n, old in zip(net.validators, signed, strict=True))
    note(f"act {act}, a reset at {height}: {NEW_ID} goes on from there at "
         f"{made[0]['first_height']}, state {root[:16]} on all four")


def run(binary):
    with OwnNodes(binary) as net:
        net.start()
        net.send(net.validators[0])
        height = certified(net)
        not_joined_against(net, height)
        not_given_up(net, height)
        another_block(net)
        reset(net)

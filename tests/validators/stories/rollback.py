"""Four validators go back together by an order that they certified: one genesis hash, a new chain
id, nothing signed twice. What came before the height is there, what came after it is gone, and one
that was down meanwhile follows them (B/SEC-10, T/SE-02).

CAMBIUM_STATE_MIB lets all this happen on a state of that size; the program comes from a build
folder then, whose target `grow_state` is built.
"""

import base64
import json
import subprocess
import time
import urllib.request

import growing
from load import Load
from network import OwnNodes
from stories.governance import newest_proposal, propose, say_yes
from story import note

BAR_S = 600
EVERY_S, INCREMENT_S = 30, 8
NEW_ID = "cambium-utility-2"
KEPT_CBM, LOST_CBM, NEW_CBM = 5, 700, 11


def cambium(net, node, *words):
    """A command on a home whose node need not run: its lines, or what it said against it."""
    said = subprocess.run([net.binary, *words, "--json", "--home", node.home],
                          capture_output=True, text=True, timeout=900)
    lines = [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]
    return lines, said.stderr.strip() if said.returncode else ""


def rpc(node, question):
    with urllib.request.urlopen(f"http://{node.rpc}/{question}", timeout=10) as reply:
        return json.load(reply)["result"]


def points(net, node):
    lines, _ = cambium(net, node, "snapshot", "list")
    return {item["height"]: item["kind"] for item in lines[-1]["items"]}


def common_points(net):
    """Heights that every home has a snapshot of."""
    each = [points(net, node) for node in net.validators]
    return set.intersection(*map(set, each)), each[0]


def compared(net):
    """Full snapshots are the same bytes on every node."""
    first, *others = net.validators
    counts = []
    for node in others:
        lines, why = cambium(net, first, "snapshot", "verify", "--hashes-only",
                             "--against", node.api)
        assert not why, why
        counts.append(lines[-1]["items"][0]["same_elsewhere"])
    assert min(counts) > 0, counts
    note(f"the first one's full snapshots are the same bytes on the others: {counts} compared")


def trainer(net):
    lines, _ = cambium(net, net.validators[0], "key", "show", "trainer")
    return lines[-1]["address"]


def balance_cbm(net, account, node):
    answer = net.ask("bank.balance", f"account={account}", "denom=ucbm", node=node)
    return int(answer.get("amount", 0)) // 10**6


def pay(net, account, cbm, node=None):
    coin = {"denom": "ucbm", "amount": str(cbm * 10**6)}
    return net.tx(node or net.validators[0], "bank.Send", {"to": account, "coin": coin})


def raw_txs(node, height):
    """As CometBFT has them, for its own interface."""
    block = rpc(node, f"block?height={height}")["block"]
    return [base64.b64decode(tx) for tx in block["data"]["txs"]]


def vote_record(node):
    """(height, round, step) of the newest vote that its validator signed."""
    file = node.home / "chains/utility/cometbft/data/priv_validator_state.json"
    said = json.loads(file.read_text())
    return int(said["height"]), said["round"], said["step"]


def past(net, account):
    """A height worth going back to, what the account has there, and a payment above it."""
    pay(net, account, KEPT_CBM)
    kept, paid = balance_cbm(net, account, net.validators[0]), net.newest()

    def there():
        heights, kinds = common_points(net)
        return {h for h in heights if h >= paid and kinds[h] == "increment"}
    net.wait(there, 120, "a snapshot on all four")
    height = max(there())
    note(f"snapshots of {len(common_points(net)[0])} heights on all four; height {height} has "
         f"the first payment")
    lost = pay(net, account, LOST_CBM)
    assert balance_cbm(net, account, net.validators[0]) == kept + LOST_CBM
    return height, kept, raw_txs(net.validators[0], lost["height"])[-1]


def order(net, height, voters):
    number = propose(net, "TRACK_SECURITY", "Back", [
        {"rollback": {"height": str(height), "chain_id": NEW_ID}}])
    say_yes(net, number, voters)
    assert newest_proposal(net)["status"] == "STATUS_PASSED", newest_proposal(net)
    orders = net.ask("governance.orders", "limit=5")["items"]
    note(f"{len(orders[-1]['order']['validators'])} validators certified: back to {height} as "
         f"{NEW_ID} (act {orders[-1]['act']})")


def restore(net, node, *words):
    """What the home goes on with; its validator's record of votes stays as it was."""
    before = vote_record(node)
    lines, why = cambium(net, node, "snapshot", "restore", "--yes", *words)
    assert not why, why
    assert vote_record(node) == before, "the record of votes was touched"
    made = lines[-1]["items"][0]
    assert made["first_height"] > before[0], (made, before)
    return made


def go_back(net, nodes, height):
    began = time.monotonic()
    made = growing.together(lambda node: restore(net, node), nodes)
    assert len({one["genesis_hash"] for one in made}) == 1, made
    assert {one["from_height"] for one in made} == {height}, made
    assert {one["chain_id"] for one in made} == {NEW_ID}, made
    note(f"one genesis hash on {len(nodes)}: {made[0]['genesis_hash'][:16]}, first height "
         f"{made[0]['first_height']}; restored within {time.monotonic() - began:.1f} s")
    return made[0]


def goes_on(net, account, nodes, kept, old_tx):
    """Under the new name, from the old height's state."""
    first = nodes[0]
    assert first.status()["chain_id"] == NEW_ID
    assert balance_cbm(net, account, first) == kept, "what was paid later is not gone"
    done = pay(net, account, NEW_CBM)
    assert balance_cbm(net, account, first) == kept + NEW_CBM
    said = rpc(first, f"broadcast_tx_sync?tx=0x{old_tx.hex()}")
    assert said["code"] != 0, said
    note(f"a transaction of the old chain is refused: {said['log']}")
    return done


def says(net, node, words, seconds=60):
    """The line of its log that holds these words."""
    def found():
        return next((line for line in node.said().splitlines() if words in line), None)
    net.wait(found, seconds, f"{node.name}: `{words}`")
    return found().strip()


def left_behind(net, late, three, made):
    """It was down when the others went back: it is told what to do, does something else first, is
    told that too, takes it back and follows."""
    late.start(net.binary)
    note(f"the late one: {says(net, late, 'went back to an earlier height without it')}")
    late.stop()
    _, why = cambium(net, late, "snapshot", "restore", "--yes")
    note(f"it has seen no order: {why}")
    assert "--genesis" in why
    other = min(h for h in points(net, late) if h != made["from_height"])
    words = ["--without-order", "--height", str(other), "--first-height", str(made["first_height"])]
    wrong = restore(net, late, *words)
    assert wrong["chain_id"] == NEW_ID and wrong["genesis_hash"] != made["genesis_hash"]
    mine = wrong["genesis_hash"][:16]
    late.start(net.binary)
    told = says(net, late, f"and this node on {mine}")
    note(f"restored to {other} instead: {told}")
    says(net, three[0], f"stands on the genesis {mine}")
    note("the others say so too")
    assert late.height() < made["first_height"]
    late.stop()
    genesis = three[1].home / "chains/utility/genesis.json"
    _, why = cambium(net, late, "snapshot", "restore", "--yes", "--genesis", genesis)
    assert "snapshot undo" in why, why
    lines, why = cambium(net, late, "snapshot", "undo")
    assert not why and lines[-1]["chain_ids"] == ["cambium-utility-1"], (lines, why)
    follow(net, late, three, made)


def follow(net, late, three, made):
    before = vote_record(late)
    genesis = three[1].home / "chains/utility/genesis.json"
    lines, why = cambium(net, late, "snapshot", "restore", "--yes", "--genesis", genesis)
    assert not why, why
    assert lines[-1]["items"][0]["genesis_hash"] == made["genesis_hash"], lines[-1]
    assert vote_record(late) == before
    late.start(net.binary)
    goal = net.newest() + 2
    for _ in range(2):
        net.send(three[0])
    took = net.wait(lambda: late.height() >= goal, 90, "the late one among the others")
    net.wait(lambda: late.consensus_key()["address"] in net.signers(newest_signed(net)), 60,
             "the late one's vote")
    note(f"with --genesis of another validator it follows and signs, {took:.1f} s after its start")


def newest_signed(net):
    net.send(net.validators[0])
    return net.newest() - 1


def begun(net):
    mib = growing.wanted_mib()
    for node in net.validators:
        node.change_settings(snapshot_increment_s=INCREMENT_S)
    net.start()
    if mib == 0:
        return
    for node in net.validators:
        node.change_settings(snapshot_every_s=3600)  # the one that all begin with is full
        node.stop()
    growing.grow(net, mib)
    net.start()
    goal = net.newest() + 1
    net.wait(lambda: min(v.height() for v in net.validators) >= goal, 120, "blocks on it")


def run(binary):
    with OwnNodes(binary, "--snapshot-every", str(EVERY_S)) as net:
        begun(net)
        account = trainer(net)
        three, late = net.validators[:3], net.validators[3]
        with Load(net, clients=2, ask=three):
            height, kept, old_tx = past(net, account)
            compared(net)
            late.kill()
            order(net, height, three)
        reached = net.newest()
        began = time.monotonic()
        for node in three:
            node.stop()
        signed = {node.name: vote_record(node) for node in net.validators}
        made = go_back(net, three, height)
        for node in three:
            node.start(binary)
        net.wait(lambda: min(n.height() for n in three) >= made["first_height"], 240,
                 "the first blocks of the new life")
        done = goes_on(net, account, three, kept, old_tx)
        took = time.monotonic() - began
        note(f"from the stop at height {reached} to the first final payment at "
             f"{done['height']}: {took:.1f} s (bar: {BAR_S} s)")
        assert took < BAR_S
        _, root = net.agree(done["height"], three)
        note(f"three agree on the state {root[:16]}")
        left_behind(net, late, three, made)
        _, root = net.agree(net.newest() - 1)
        for node in net.validators:
            assert vote_record(node) > signed[node.name], "the record of votes went back"
        assert not any(net.validator(node).get("jailed") for node in net.validators)
        assert not three[0].get("/consensus/evidence").get("items")
        note(f"four agree on the state {root[:16]}; every record of votes only rose, and nobody "
             "has evidence of a second vote")

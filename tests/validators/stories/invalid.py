"""A validator proposes a block with a malformed transaction. Nobody votes for it, the next one's
block is taken, and anybody who runs a validator finds the signed proposal in his CometBFT's log and
reports it: 5 % and a ban of 7 days (B/CONS-05)."""

import base64
import hashlib
import subprocess

import between
import wire
from load import Load, check
from network import OwnNodes
from story import note

DAY_MS = 86_400_000
MALFORMED = b"no transaction of any chain"


class Spoiler:
    """Adds to its next proposal what is no transaction."""

    def __init__(self, passage):
        self.armed = False
        passage.reply = self.reply

    def reply(self, number, body):
        if not self.armed or number != between.PREPARED_PROPOSAL:
            return body
        self.armed = False
        return body + wire.write([(1, wire.BYTES, MALFORMED)])


def refused_by(net, nodes, spoiler):
    """None of these voted for it, and the block of that height is another."""
    spoiler.armed = True
    net.wait(lambda: all("no vote for the proposal of" in v.said() for v in nodes), 60,
             "a refused proposal")
    goal = net.newest() + 2
    took = net.wait(lambda: min(v.height() for v in nodes) >= goal, 60, "the next blocks")
    note(f"the other three refused the block; two more within {took:.1f} s")


def refused(net, witness, *options):
    """What the command line says when a report is not accepted; nothing when it is."""
    said = subprocess.run(
        [net.binary, "validator", "report", hashlib.sha256(MALFORMED).hexdigest(), "--json",
         "--from", "operator", "--home", witness.home, *options], capture_output=True, text=True,
        timeout=60)
    return said.stderr.strip() if said.returncode != 0 else None


def is_reported(net, witness):
    """CometBFT writes its log every other second."""
    why = refused(net, witness)
    assert why is None or "has no proposal with" in why, why
    return why is None


def banned(net, node, before):
    [offence] = net.ask("slashing.offences", f"operator={node.operator}")["items"]
    after = net.validator(node)
    burnt = int(offence["burnt_ucbm"])
    ban_ms = int(after["jailed_until_ms"]) - int(offence["time_ms"])
    assert offence["kind"] == "INVALID_PROPOSAL" and after["jailed"], (offence, after)
    assert burnt * 20 == int(before["tokens_ucbm"]), (offence, before)
    assert int(after["tokens_ucbm"]) == int(before["tokens_ucbm"]) - burnt, (before, after)
    assert ban_ms == 7 * DAY_MS, after
    return f"{burnt} of {before['tokens_ucbm']} ucbm burnt, banned for {ban_ms / DAY_MS:.0f} days"


def run(binary):
    with OwnNodes(binary) as net:
        *others, culprit = net.validators
        spoiler = Spoiler(between.Between(culprit, binary))
        net.start()
        with Load(net, clients=2, ask=others) as load:
            before = net.validator(culprit)
            refused_by(net, others, spoiler)
            assert int(net.validator(culprit).get("slashes", 0)) == 0, "punished without a report"
            net.wait(lambda: is_reported(net, others[2]), 20, "a report by another")
            note(f"reported by another: {banned(net, culprit, before)}")
            key = base64.b64decode(culprit.consensus_key()["pub_key"]["value"])
            again = refused(net, others[1], "--consensus-key", key.hex())
            assert again and "evidence_known" in again, again
            note(f"reported again: {again}")
            goal = net.newest() + 3
            net.wait(lambda: min(v.height() for v in others) >= goal, 60, "blocks of three")
            assert culprit.consensus_key()["address"] not in net.signers(goal - 1)
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "the last blocks")
        note(check(net, load))

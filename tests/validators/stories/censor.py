"""A validator never proposes what one account sends, and keeps silent about it in its votes. It is
found by the votes of the others, loses 20 % and is banned for 90 days; nobody is accused before
there is a censor, nobody beside it, and what it left out is final through the others (B/CONS-05).
"""

import json
import subprocess

import between
import wire
from load import Load, check
from network import OwnNodes, address_bytes
from story import note

DAY_MS = 86_400_000
OCCASIONS = 3  # instead of twenty, so that the story ends within minutes; each is three blocks
CALM_BLOCKS = 20


class Censor:
    """What passes between a CometBFT and its application, but for what the victim sent."""

    def __init__(self, passage):
        self.victim = None
        self.kept_back = 0
        passage.request = self.request
        passage.reply = self.reply

    def request(self, number, body):
        if self.victim is None or number != between.PREPARE_PROPOSAL:
            return body
        fields = wire.read(body)
        kept = [f for f in fields if f[0] != 2 or self.victim not in f[2]]  # 2: transactions
        self.kept_back += len(fields) - len(kept)
        return wire.write(kept)

    def reply(self, number, body):
        """Of its vote only the beacon's shares go on, not whose block left out what."""
        if self.victim is None or number != between.EXTENDED_VOTE:
            return body
        shares = [field for field in wire.read(wire.one(body, 1)) if field[0] == 1]
        return wire.write([(1, wire.BYTES, wire.write(shares))])


def new_account(net, name):
    said = subprocess.run([net.binary, "key", "make", name, "--json", "--home",
                           net.validators[0].home], capture_output=True, text=True, check=True)
    address = json.loads(said.stdout)["address"]
    net.tx(net.validators[0], "bank.Send",
           {"to": address, "coin": {"denom": "ucbm", "amount": str(100 * 10**6)}})
    return address_bytes(address)


def accused(net):
    return {v.name: ask(net, "signing_info", v).get("censorship_occasions", 0)
            for v in net.validators}


def ask(net, question, validator):
    return net.ask(f"slashing.{question}", f"operator={validator.operator}")


def banned(net, validator, before):
    [offence] = ask(net, "offences", validator)["items"]
    after = net.validator(validator)
    burnt = int(offence["burnt_ucbm"])
    ban_ms = int(after["jailed_until_ms"]) - int(offence["time_ms"])
    assert offence["kind"] == "CENSORSHIP" and after["jailed"], (offence, after)
    assert burnt * 5 == int(before["tokens_ucbm"]), (offence, before)
    assert int(after["tokens_ucbm"]) == int(before["tokens_ucbm"]) - burnt, (before, after)
    assert ban_ms == 90 * DAY_MS, after
    return f"{burnt} of {before['tokens_ucbm']} ucbm burnt, banned for {ban_ms / DAY_MS:.0f} days"


def calm(net, load):
    begin = net.newest()
    net.wait(lambda: net.newest() >= begin + CALM_BLOCKS, 150, "blocks of honest ones")
    assert not any(map(int, accused(net).values())), accused(net)
    note(f"{CALM_BLOCKS} blocks of four honest ones with {load.count()} transactions: "
         "nobody is accused")


def caught(net, censor, victim, load):
    node = net.validators[3]
    before, begin, sent = net.validator(node), net.newest(), load.count()
    censor.victim = victim
    net.wait(lambda: net.validator(node).get("jailed"), 400, "the censor's punishment")
    note(f"caught after {net.newest() - begin} blocks, in which it kept back {censor.kept_back} "
         f"transactions; meanwhile the victim had {load.count() - sent} final")
    note(banned(net, node, before))
    censor.victim = None


def goes_on(net):
    others, goal = net.validators[:3], net.newest() + 5
    net.wait(lambda: min(v.height() for v in others) >= goal, 60, "blocks of the other three")
    signed = net.signers(goal - 1)
    keys = [v.consensus_key()["address"] for v in net.validators]
    assert signed == set(keys[:3]), (signed, keys)
    for other in others:
        assert not ask(net, "offences", other).get("items"), other.name
        assert not net.validator(other).get("jailed"), other.name
    note(f"the other three go on, none of them punished; occasions: {accused(net)}")


def run(binary):
    with OwnNodes(binary, "--cadence", "compute", "--params",
                  f"slashing.censorship_occasions={OCCASIONS}") as net:
        censor = Censor(between.Between(net.validators[3], binary))
        net.start()
        victim = new_account(net, "victim")
        with Load(net, clients=1, ask=net.validators[:3], key="victim") as load:
            calm(net, load)
            caught(net, censor, victim, load)
            goes_on(net)
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in net.validators) >= goal, 60, "the last blocks")
        note(check(net, load))

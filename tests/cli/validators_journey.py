"""Staking, governance and groups with the real program on a network of real validators.

B/API-10, H/CS-03, H/GO-01, H/GO-02: delegate, propose with a stored message, vote, an emergency
that ends by itself, a group that pays from its account.

usage: validators_journey.py CAMBIUM
"""

import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "validators"))
from network import Localnet  # noqa: E402

VOTE_MS = 60_000  # the shortest that governance takes
SOON_S = 60


class Person:
    """Types commands on one validator's home with one of its keys."""

    def __init__(self, binary, validator, key="operator"):
        self.binary, self.validator, self.key = binary, validator, key

    def run(self, *words, code=0):
        done = subprocess.run([self.binary, *words, "--home", self.validator.home],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == code, f"{' '.join(words)}: {done.stdout}{done.stderr}"
        return done

    def ask(self, *words):
        return json.loads(self.run(*words, "--json").stdout)

    def do(self, *words):
        """Sends; what it says is final."""
        said = self.ask(*words, "--from", self.key)
        assert said["status"] == "ok", said
        return said

    def address(self, key=None):
        return self.ask("key", "show", key or self.key)["address"]


def until(seconds, what, condition):
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        found = condition()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what} did not come within {seconds} s")


def stake(alice):
    alice.do("stake", "delegate", "node1", "2500")
    alice.do("stake", "redelegate", "node1", "node2", "500")
    alice.do("stake", "undelegate", "node1", "300")
    held = alice.ask("stake", "show", "operator")
    bonded = {d["validator"]: int(d["amount_ucbm"]) for d in held["delegations"]}
    rows = {r["moniker"]: r for r in alice.ask("validator", "list")["items"]}
    assert bonded[rows["node1"]["operator"]] == 1_700_000_000, bonded
    assert bonded[rows["node2"]["operator"]] == 500_000_000, bonded
    assert int(held["unbondings"][0]["amount_ucbm"]) == 300_000_000, held
    alice.do("stake", "cancel-unbonding", "node1", held["unbondings"][0]["id"], "100")
    assert int(rows["node1"]["power"]) == 101_700, rows["node1"]
    assert "items" in alice.ask("stake", "rewards", "operator")
    wrong = alice.run("stake", "delegate", "nobody", "1", "--from", "operator", code=1)
    assert "no validator's name" in wrong.stderr, wrong.stderr


def describe(alice):
    alice.do("validator", "edit", "--website", "https://example.org")
    shown = alice.ask("validator", "show", "node0", "--prove")
    said = shown["validator"]["description"]
    assert said["website"] == "https://example.org" and said["moniker"] == "node0", said
    assert shown["proof"]["light_block"], "a proof leads to what validators signed"


def decide(people):
    """A parameter and a stored message, in one proposal, by vote of the stake."""
    alice = people[0]
    trainer = alice.address("trainer")
    stored = alice.run("account", "grant", trainer, "bank.Send", "--message-for", "governance")
    alice.do("gov", "propose", "Two things at once",
             "--do", "param staking.max_validators 150",
             "--do", f"account grant {trainer} bank.Send")
    proposal = alice.ask("gov", "list")["items"][0]
    assert proposal["status"] == "STATUS_VOTING", proposal
    assert proposal["actions"][1]["message"] == stored.stdout.strip()
    for person, choice in zip(people, ("yes", "yes", "no")):
        person.do("gov", "vote", proposal["id"], choice)
    shown = alice.ask("gov", "show", proposal["id"])
    assert shown["actions"][1]["message"]["type"] == "accounts.Grant", shown
    assert len(shown["ballots"]) == 3, shown
    so_far = alice.validator.get(f"/consensus/proposals/{proposal['id']}")["so_far"]
    assert int(so_far["yes"]) > int(so_far["no"]) > 0, so_far

    def passed():
        alice.do("tx", "bank.Burn", "--fields", '{"coin":{"denom":"ucbm","amount":"1"}}')
        return alice.ask("gov", "show", proposal["id"])["status"] == "STATUS_PASSED"

    until(VOTE_MS / 1000 + SOON_S, "the decision", passed)
    final = alice.ask("gov", "show", proposal["id"])["sums"]
    assert final == so_far, f"counted {final}, foretold {so_far}"
    assert alice.ask("gov", "params", "staking")["staking"]["max_validators"] == 150
    given = alice.ask("account", "show", "governance")["grants"]["given"]
    assert given[0]["grantee"] == trainer and given[0]["message"] == "bank.Send", given


def emergency(people):
    """Two of three validators stop burning for a while; it goes on by itself."""
    alice = people[0]
    alice.do("gov", "emergency", "Stop burning", "--do", "pause bank.Burn --duration 15s")
    proposal = alice.ask("gov", "list")["items"][0]
    assert proposal["required_votes"] == 2, proposal
    people[0].do("gov", "vote", proposal["id"], "yes")
    people[1].do("gov", "vote", proposal["id"], "yes")
    until(SOON_S, "the act", lambda: alice.ask("gov", "acts")["items"])
    burn = ("tx", "bank.Burn", "--fields", '{"coin":{"denom":"ucbm","amount":"1"}}')
    refused = alice.run(*burn, "--from", "operator", code=1)
    assert "refused bank.Burn" in refused.stderr, refused.stderr

    def over():
        alice.do("tx", "send", "trainer", "0.000001")  # time passes block by block
        return not alice.ask("gov", "acts").get("items")

    until(SOON_S, "the end of the act", over)
    alice.do(*burn)


def together(people):
    """A group of two pays from its own account after both agree."""
    alice, bob = people[:2]
    alice.do("group", "create", "family", f"{alice.address()}:1", f"{bob.address()}:1",
             "--threshold", "2", "--voting-window", "1h")
    group = alice.ask("group", "list")["items"][-1]
    alice.do("tx", "send", group["account"], "10")
    trainer = alice.address("trainer")
    before = money(alice, trainer)
    alice.do("group", "propose", group["id"], "Pay the bill", "--do", f"tx send {trainer} 4")
    shown = alice.ask("group", "show", group["id"])["proposals"][0]
    assert shown["messages"][0]["type"] == "bank.Send", shown
    alice.do("group", "vote", shown["id"], "yes")
    alone = alice.run("group", "exec", shown["id"], "--from", "operator", code=1)
    assert "refused groups.Execute" in alone.stderr, alone.stderr
    bob.do("group", "vote", shown["id"], "yes")
    bob.do("group", "exec", shown["id"])
    assert money(alice, trainer) - before == 4_000_000


def money(person, address):
    return int(person.ask("account", "show", address)["token"]["amount"])


def main():
    binary = os.path.abspath(sys.argv[1])
    with Localnet(binary, "--params", f"governance.stake_window_ms={VOTE_MS}",
                  validators=3) as net:
        people = [Person(binary, validator) for validator in net.validators]
        for part, who in ((stake, people[0]), (describe, people[0]), (together, people),
                          (emergency, people), (decide, people)):
            began = time.monotonic()
            part(who)
            print(f"ok {part.__name__} in {time.monotonic() - began:.1f} s")
    print("ok")


if __name__ == "__main__":
    main()

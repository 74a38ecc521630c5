"""Validators come and go while transactions flow: a fifth node takes over a snapshot and bonds, one
of the first four unbonds and is switched off; nothing acknowledged is lost (B/CONS-02, H/CS-01)."""

import base64
import json
import pathlib
import subprocess
import tempfile

import clock
import clocks
import joining
from load import Load, check
from network import OwnNodes, address_bytes
from story import note

why_not = clock.why_not

BOND_CBM = 100_000
HOUR_MS = 3_600_000
# What was bonded in the genesis may leave after an hour, and that genesis is two hours old.
LEAVING = ["--params", f"staking.unbonding_ms={HOUR_MS},staking.lock_ms={HOUR_MS}"]
PURPOSE = b"cambium/consensus_key/v1"


def account_of(net, home):
    said = subprocess.run([net.binary, "key", "show", "operator", "--json", "--home", home],
                          capture_output=True, text=True, check=True)
    return json.loads(said.stdout)["address"]


def sign(seed, message):
    """Ed25519, by OpenSSL: the seed in the frame that it reads."""
    with tempfile.TemporaryDirectory() as folder:
        key, file = pathlib.Path(folder) / "key", pathlib.Path(folder) / "message"
        key.write_bytes(bytes.fromhex("302e020100300506032b657004220420") + seed)
        file.write_bytes(message)
        return subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-keyform", "DER",
                               "-inkey", key, "-in", file], capture_output=True,
                              check=True).stdout


def bond(net, node):
    """Coins from the first operator, then CreateValidator with a proof that the key is its own."""
    account = account_of(net, node.home)
    amount = str(BOND_CBM * 10**6)
    coin = {"denom": "ucbm", "amount": str((BOND_CBM + 100) * 10**6 // 2)}
    for number in (1, 2):  # neither has so much by himself
        net.tx(net.validators[number], "bank.Send", {"to": account, "coin": coin})
    secret = base64.b64decode(node.consensus_key()["priv_key"]["value"])
    chain_id = net.validators[0].status()["chain_id"].encode()
    proof = sign(secret[:32], PURPOSE + chain_id + b"\0" + address_bytes(account))
    net.tx(node, "staking.CreateValidator", {
        "consensus_key": secret[32:].hex(), "possession": proof.hex(), "self_bond_ucbm": amount,
        "commission": {"rate_nano": "50000000", "max_nano": "200000000",
                       "max_change_nano": "10000000"},
        "description": {"moniker": node.name}})
    return account


def power(net, node):
    found = net.listed(node)
    return int(found.get("power", 0)) if found else 0


def comes(net):
    """A fifth node, with a stake as large as the others'."""
    joining.first_snapshot(net)
    fifth = joining.join(net, "node4")
    net.wait(lambda: fifth.height() > 2, 150, "the fifth node's state")
    note("the fifth node has taken over a snapshot")
    bond(net, fifth)
    net.wait(lambda: power(net, fifth) > 0, 60, "the fifth among the validators")
    note(f"the fifth validates with power {power(net, fifth)}")
    return fifth


def leaves(net, node):
    net.tx(node, "staking.Undelegate",
           {"validator": node.operator, "amount_ucbm": str(BOND_CBM * 10**6)})
    net.wait(lambda: power(net, node) == 0, 60, "the fourth out of the set")
    goal = net.newest() + 3
    net.wait(lambda: node.height() >= goal, 60, "blocks without the fourth's vote")
    node.kill()
    note("the fourth has unbonded and is switched off")


def run(binary):
    with OwnNodes(binary, "--snapshot-every", "5", *LEAVING, through=clocks.at(-7200)) as net:
        net.start()
        fourth = net.validators[3]
        with Load(net, clients=1, ask=net.validators[:3]) as load:
            fifth = comes(net)
            net.validators.append(fifth)  # it ends with the others
            leaves(net, fourth)
            stayed = [node for node in net.validators if node is not fourth]
            sent, goal = load.count() + 5, net.newest() + 5
            took = net.wait(lambda: load.count() >= sent and
                            min(v.height() for v in stayed) >= goal, 60, "blocks of the new four")
            note(f"five blocks of the new four in {took:.1f} s")
        goal = net.newest()
        net.wait(lambda: min(v.height() for v in stayed) >= goal, 60, "the last blocks")
        signed = net.signers(goal - 1)
        assert fifth.consensus_key()["address"] in signed, "the fifth does not sign"
        note(check(net, load, stayed))

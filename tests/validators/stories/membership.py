"""Validators come and go while transactions flow: a fifth node takes over a snapshot and bonds, one of
the first four unbonds and is switched off; nothing acknowledged is lost (B/CONS-02, H/CS-01)."""

import base64
import json
import subprocess

import joining
from load import Load, check
from network import Localnet
from story import note

BOND_CBM = 100_000
PURPOSE = b"cambium/consensus_key/v1"


def tx(net, home, kind, fields, **more):
    """A message by the operator of that home, final."""
    words = [word for name, value in more.items() for word in (f"--{name}", value)]
    said = subprocess.run(
        [net.binary, "tx", kind, "--fields", json.dumps(fields), "--json", "--from", "operator",
         "--home", home, "--node", net.validators[0].api, *words],
        capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stdout + said.stderr
    return json.loads(said.stdout)


def account_of(net, home):
    said = subprocess.run([net.binary, "key", "show", "operator", "--json", "--home", home],
                          capture_output=True, text=True, check=True)
    return json.loads(said.stdout)["address"]


def sign(seed, message):
    """Ed25519, by OpenSSL: the seed in the frame that it reads."""
    frame = bytes.fromhex("302e020100300506032b657004220420") + seed
    with open("/dev/shm/key-of-a-test.der", "wb") as key:
        key.write(frame)
    with open("/dev/shm/message-of-a-test", "wb") as file:
        file.write(message)
    return subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey",
                           key.name, "-in", file.name], capture_output=True, check=True).stdout


def bech32_bytes(text):
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    number = 0
    for letter in text.rsplit("1", 1)[1][:-6]:
        number = number << 5 | letters.index(letter)
    return number.to_bytes(20, "big")


def bond(net, node):
    """Coins from the first operator, then CreateValidator with a proof that the key is its own."""
    account = account_of(net, node.home)
    amount = str(BOND_CBM * 10**6)
    coin = {"denom": "ucbm", "amount": str((BOND_CBM + 100) * 10**6)}
    for number in (1, 2):  # no operator has so much by himself
        coin["amount"] = str((BOND_CBM + 100) * 10**6 // 2)
        tx(net, net.validators[number].home, "bank.Send", {"to": account, "coin": coin})
    key = json.loads((node.home / "chains/utility/cometbft/config/priv_validator_key.json")
                     .read_text())
    secret = base64.b64decode(key["priv_key"]["value"])
    chain_id = net.validators[0].status()["chain_id"].encode()
    proof = sign(secret[:32], PURPOSE + chain_id + b"\0" + bech32_bytes(account))
    tx(net, node.home, "staking.CreateValidator", {
        "consensus_key": secret[32:].hex(), "possession": proof.hex(), "self_bond_ucbm": amount,
        "commission": {"rate_nano": "50000000", "max_nano": "200000000",
                       "max_change_nano": "10000000"},
        "description": {"moniker": node.name}})
    return account


def power(net, name):
    found = net.listed_validator(name)
    return int(found.get("power", 0)) if found else 0


def run(binary):
    with Localnet(binary, "--snapshot-every", "5", "--params", "staking.lock_ms=1") as net:
        with Load(net, clients=1, ask=net.validators[:3]) as load:
            joining.first_snapshot(net)
            fifth = joining.join(net, "node4")
            try:
                net.wait(lambda: fifth.height() > 2, 150, "the fifth node's state")
                note("the fifth node has taken over a snapshot")
                bond(net, fifth)
                net.wait(lambda: power(net, "node4") > 0, 60, "the fifth among the validators")
                note(f"the fifth validates with power {power(net, 'node4')}")
                leaver = net.validators[3]
                tx(net, leaver.home, "staking.Undelegate",
                   {"validator": leaver.operator, "amount_ucbm": str(BOND_CBM * 10**6)})
                net.wait(lambda: power(net, "node3") == 0, 60, "the fourth out of the set")
                goal = net.newest() + 3
                net.wait(lambda: leaver.height() >= goal, 60, "blocks without the fourth's vote")
                leaver.kill()
                note("the fourth has unbonded and is switched off")
                stayed = [*net.validators[:3], fifth]
                sent, goal = load.count() + 5, net.newest() + 5
                took = net.wait(lambda: load.count() >= sent and
                                min(v.height() for v in stayed) >= goal, 60, "blocks of the new four")
                note(f"five blocks of the new four in {took:.1f} s")
                load.stop()
                goal = net.newest()
                net.wait(lambda: min(v.height() for v in stayed) >= goal, 60, "the last blocks")
                signers = net.signers(goal - 1)
                assert fifth.consensus_address() in signers, "the fifth does not sign"
                note(check(net, load, stayed))
            finally:
                fifth.stop()

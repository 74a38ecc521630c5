"""A chain that one program ordered moves under CometBFT and back, by export and import: the same
state root, the next height, every balance; what it must not do is said in a sentence (B/CONS-01).

The embedded chain is a whole network of one node, its model trained and paid for."""

import pathlib
import re
import shutil
import subprocess
import tempfile

from joining import free_port
from network import Network, Validator
from stories.rollback import balance_cbm, cambium, pay, rpc, trainer
from story import note


class Home(Network):
    """One node with both chains; what it is ordered by changes."""

    def __init__(self, binary):
        self.binary = binary
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="cambium-move-"))
        self.validators = []

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        for node in self.validators:
            node.stop()
        if failed:
            print(f"the home is kept in {self.home}")
        else:
            shutil.rmtree(self.home, ignore_errors=True)

    def founded(self):
        """By `cambium up`, then given ports of its own."""
        home = self.home / "node"
        subprocess.run([self.binary, "up", "--nano", "--no-refusals", "--exit-when-done", "--port",
                        "0", "--compute-port", "0", "--home", home], check=True, timeout=300,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self.with_ports(home)

    def with_ports(self, home):
        rpc_port, api = free_port(), free_port()
        settings = home / "cambium.toml"
        text = settings.read_text() if settings.exists() else "[engine]\n\n[gateway]\n"
        for key, port in (("p2p_port", free_port()), ("rpc_port", rpc_port)):
            text = text.replace("[engine]\n", f"[engine]\n{key} = {port}\n")
        text = text.replace("[engine]\n", '[engine]\np2p_host = "127.0.0.1"\n')
        text = text.replace("[gateway]\n", f"[gateway]\nport = {api}\ncompute_port = 0\n")
        settings.write_text(text)
        node = Validator({"name": home.name, "home": home, "api": f"http://127.0.0.1:{api}",
                          "rpc": f"127.0.0.1:{rpc_port}"})
        self.validators.append(node)
        return node

    def runs(self, node, goal):
        node.start(self.binary)
        self.wait(lambda: node.height() >= goal or node.own.poll() is not None, 60, "its blocks")
        assert node.own.poll() is None, node.said()[-2000:]


def talk(net, node, *words):
    """What a command says to people."""
    said = subprocess.run([net.binary, *words, "--home", node.home], capture_output=True,
                          text=True, timeout=120)
    return said.stdout + said.stderr


def moved(net, node, engine, number):
    """The utility chain's newest height and root, which are the same on both sides of the move."""
    folder = net.home / f"moved-{number}"
    lines, why = cambium(net, node, "chain", "export", folder)
    assert not why, why
    left = lines[-1]["items"]
    lines, why = cambium(net, node, "chain", "import", folder, "--engine", engine)
    assert not why, why
    came = lines[-1]["items"]
    for before, after in zip(left, came, strict=True):
        assert before["chain_id"] == after["chain_id"]
        assert before["state_root"] == after["state_root"]
        assert after["first_height"] == before["height"] + 1
    note(f"{came[0]['chain_id']} at height {left[0]['height']} with the state "
         f"{left[0]['state_root'][:16]}, {came[1]['chain_id']} at {left[1]['height']}: under "
         f"{engine} now")
    return folder, left[0]


def under_cometbft(net, node, account, had):
    folder, left = moved(net, node, "cometbft", 1)
    net.runs(node, left["height"] + 1)
    assert rpc(node, "status")["validator_info"]["voting_power"] != "0", "it does not vote"
    # The first header that CometBFT makes carries the root that was exported.
    assert node.block(left["height"] + 1)["header"]["state_root"] == left["state_root"]
    done = pay(net, account, 7)
    assert balance_cbm(net, account, node) == had + 7
    shard = node.get("/chain/compute-0/status")
    power = rpc(node, "status")["validator_info"]["voting_power"]
    note(f"CometBFT made a payment final at height {done['height']}, its validator votes with "
         f"power {power}; compute-0 is at {shard['height']}")
    node.stop()
    _, why = cambium(net, node, "chain", "import", folder, "--engine", "embedded")
    assert "nothing is signed twice" in why, why
    note(f"the old export again: {why}")


def embedded_again(net, node, account, had):
    _, left = moved(net, node, "embedded", 2)
    net.runs(node, left["height"])
    done = pay(net, account, 9)
    assert done["height"] > left["height"]
    assert balance_cbm(net, account, node) == had + 7 + 9
    note(f"back: a payment final at height {done['height']}, all three are there")
    node.stop()


def without_its_key(net):
    """Imported where no key of a validator is, the node says that it cannot go on alone."""
    home = net.home / "stranger"
    home.mkdir()
    stranger = net.with_ports(home)
    said = talk(net, stranger, "chain", "import", net.home / "moved-1", "--engine", "cometbft")
    assert "no key of this home" in said, said
    note(re.search(r"utility: no key.*", said).group(0))
    stranger.start(net.binary)
    net.wait(lambda: "no block will come" in stranger.said(), 60, "the warning")
    stranger.stop()


def run(binary):
    with Home(binary) as net:
        node = net.founded()
        net.runs(node, 1)
        account = trainer(net)
        pay(net, account, 5)
        had = balance_cbm(net, account, node)
        node.stop()
        under_cometbft(net, node, account, had)
        embedded_again(net, node, account, had)
        without_its_key(net)

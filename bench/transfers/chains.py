"""Both sides of benchmarks 1 and 6 as chains under the same CometBFT with the same settings."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "validators"))

from joining import free_port  # noqa: E402
from network import OwnNodes  # noqa: E402

MEMPOOL = 200_000
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rpc(address, path, timeout=10):
    with urllib.request.urlopen(f"http://{address}/{path}", timeout=timeout) as reply:
        return json.load(reply)["result"]


class Ours(OwnNodes):
    """Our node under its own supervision of CometBFT; the senders are in its genesis."""

    name = "cambium"

    def __init__(self, tools, accounts, validators):
        super().__init__(tools.cambium, validators=validators)
        self.tool = tools.transfers
        senders = subprocess.run([self.tool, "accounts", str(accounts)], capture_output=True,
                                 text=True, check=True).stdout.split()
        for node in self.validators:
            self._begin_anew(node, senders)
            node.change_settings(mempool_max_txs=MEMPOOL)
        self.start()
        self.chain_id = self.validators[0].status()["chain_id"]
        # Making the validators' beacon key is work of an epoch, not of a transfer.
        self.wait(lambda: self.ask("beacon.group").get("group", {}).get("members"), 240,
                  "the beacon's first group")
        settings = self.validators[0].home / "chains/utility/cometbft/config/config.toml"
        tools.template = settings.read_text()

    def _begin_anew(self, node, senders):
        chain = node.home / "chains/utility"
        genesis = json.loads((chain / "genesis.json").read_text())
        allocations = genesis["modules"]["bank"]["allocations"]
        richest = max(allocations, key=lambda one: int(one["coin"]["amount"]))
        each = 1_000_000_000
        left = int(richest["coin"]["amount"]) - each * len(senders)
        richest["coin"]["amount"] = str(left)
        for sender in senders:
            allocations.append({"account": sender, "purpose": "bench",
                                "coin": {"denom": "ucbm", "amount": str(each)}})
        (chain / "genesis.json").write_text(json.dumps(genesis))
        for made in ("state", "blocks", "cometbft/data"):
            shutil.rmtree(chain / made, ignore_errors=True)
        (chain / "cometbft/config/genesis.json").unlink(missing_ok=True)

    def crash(self):
        for node in self.validators:
            under_it = node.consensus()
            node.kill()
            wait(lambda: not any(os.path.exists(f"/proc/{pid}/fd") for pid in under_it), 30)

    def stop(self):
        for node in self.validators:
            node.stop()

    def start_again(self):
        for node in self.validators:
            node.start(self.binary)

    def txs(self, accounts, each):
        return subprocess.run([self.tool, "txs", self.chain_id, str(accounts), str(each)],
                              capture_output=True, text=True, check=True).stdout.split()

    def addresses(self):
        return [node.rpc for node in self.validators]

    def applications(self):
        return [node.own.pid for node in self.validators]

    def engines(self):
        return [pid for node in self.validators for pid in node.consensus()]


class Theirs:
    """The peer application and CometBFT, with the settings that ours was given."""

    name = "cosmos-sdk"
    chain_id = "bench-1"

    def __init__(self, tools, accounts, validators):
        self.tools = tools
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="cambium-peer-"))
        self.processes = []
        self.homes = [self.home / f"node{i}" for i in range(validators)]
        self.ports = [(free_port(), free_port()) for _ in self.homes]
        for home in self.homes:
            subprocess.run([tools.cometbft, "init", "--home", home], check=True,
                           stdout=subprocess.DEVNULL)
        first = self.homes[0] / "config/genesis.json"
        genesis = json.loads(first.read_text())
        genesis["chain_id"] = self.chain_id
        first.write_text(json.dumps(genesis))
        keys = [home / "config/priv_validator_key.json" for home in self.homes]
        subprocess.run([tools.peer, "genesis", first, str(accounts), *keys], check=True,
                       stdout=subprocess.DEVNULL)
        for home in self.homes[1:]:
            shutil.copy(first, home / "config/genesis.json")
        self._settle(tools)
        self.start_again()
        for address in self.addresses():
            wait(lambda: height(address) >= 2, 120)

    def _settle(self, tools):
        ids = [subprocess.run([tools.cometbft, "show-node-id", "--home", home], text=True,
                              capture_output=True, check=True).stdout.strip()
               for home in self.homes]
        peers = [f"{name}@127.0.0.1:{p2p}" for name, (p2p, _) in zip(ids, self.ports)]
        for i, (home, (p2p, port)) in enumerate(zip(self.homes, self.ports)):
            others = ",".join(peer for j, peer in enumerate(peers) if j != i)
            (home / "config/config.toml").write_text(tools.settings(home, p2p, port, others))

    def crash(self):
        for process in self.processes:
            process.kill()
            process.wait()

    def start_again(self):
        self.processes, self.apps, self.consensus = [], [], []
        for home in self.homes:
            (home / "abci.sock").unlink(missing_ok=True)
            self.apps.append(self._run([self.tools.peer, "serve", f"unix://{home}/abci.sock",
                                        self.chain_id, home / "app"], home))
        for home in self.homes:
            wait(lambda: (home / "abci.sock").exists(), 60)
            self.consensus.append(self._run([self.tools.cometbft, "start", "--home", home], home))

    def _run(self, command, home):
        with open(home / "log", "ab") as log:
            process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                       stdout=log, stderr=log, cwd=home)
        self.processes.append(process)
        return process.pid

    def __enter__(self):
        return self

    def stop(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=30)

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def txs(self, accounts, each):
        return subprocess.run([self.tools.peer, "txs", self.chain_id, str(accounts), str(each)],
                              capture_output=True, text=True, check=True).stdout.split()

    def addresses(self):
        return [f"127.0.0.1:{port}" for _, port in self.ports]

    def applications(self):
        return self.apps

    def engines(self):
        return self.consensus


def height(address):
    try:
        return int(rpc(address, "status")["sync_info"]["latest_block_height"])
    except OSError:
        return 0


def executed(address):
    """The height that its application has."""
    return int(rpc(address, "abci_info")["response"].get("last_block_height", 0))


def wait(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not come in time")
        time.sleep(0.1)

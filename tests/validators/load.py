"""Clients that send coins without end, remember what was acknowledged, and check it afterwards."""

import collections
import json
import subprocess
import threading
import urllib.error

ANSWER_WITHIN_S = 20


class Load:
    """One client for each operator named, which signs with the key named of its home. It asks the
    nodes of `ask` in turn; a transaction whose answer does not come may have happened or not, as
    for any client."""

    def __init__(self, net, clients=3, ask=None, key="operator"):
        self.net = net
        self.ask = ask or net.validators
        self.key = key
        self.acknowledged = {}  # hash: height
        self.unsure = 0
        self.refusals = collections.Counter()  # by what the command line said
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._run, args=(number,))
                        for number in range(clients)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def count(self):
        return len(self.acknowledged)

    def _run(self, number):
        home = self.net.validators[number].home
        amount = number + 1  # no two transactions are alike
        names = [v.operator for v in self.net.validators]
        to = names[number - 1] if len(names) > 1 else "trainer"
        while not self.stopping.is_set():
            node = self.ask[(number + amount) % len(self.ask)]
            if not self._send(node, home, amount, to):
                self.stopping.wait(0.5)
            amount += len(self.threads)

    def _send(self, node, home, amount, to):
        try:
            said = subprocess.run(
                [self.net.binary, "tx", "send", to, f"{amount}ucbm", "--json", "--from",
                 self.key, "--home", home, "--node", node.api],
                capture_output=True, text=True, timeout=ANSWER_WITHIN_S)
        except subprocess.TimeoutExpired:
            said = None
        if said is None or said.returncode != 0:
            self.unsure += 1
            self.refusals["no answer in time" if said is None else said.stderr.strip()[:300]] += 1
            return False
        answer = json.loads(said.stdout)
        self.acknowledged[answer["hash"]] = answer["height"]
        return True


def blocks_of(node, last):
    """By height; a node that began from a snapshot lacks the first ones."""
    found = {}
    for height in range(last, 0, -1):
        try:
            found[height] = node.block(height)
        except urllib.error.HTTPError:
            break
    return found


def check(net, load, nodes=None):
    """One history on all nodes: the same block and state at every height, and each acknowledged
    transaction in it exactly once, at the height that was said. Returns a sentence with counts."""
    nodes = nodes or net.validators
    last = min(node.height() for node in nodes)
    assert last >= max(load.acknowledged.values(), default=1), "an acknowledged block is missing"
    histories = [blocks_of(node, last) for node in nodes]
    whole = max(histories, key=len)
    assert len(whole) == last, "no node has every block"
    for node, history in zip(nodes, histories):
        for height, block in history.items():
            facts = [(b["hash"], b["header"]["state_root"]) for b in (block, whole[height])]
            assert facts[0] == facts[1], f"{node.name} differs at height {height}: {facts}"
    where = collections.defaultdict(list)
    for height, block in whole.items():
        for tx in block["txs"]:
            where[tx["hash"]].append(height)
    doubled = {tx for tx, heights in where.items() if len(heights) > 1}
    assert not doubled, f"executed twice: {doubled}"
    for tx, height in load.acknowledged.items():
        assert where.get(tx) == [height], f"{tx} was acknowledged at {height}: {where.get(tx)}"
    return (f"{len(load.acknowledged)} acknowledged (and {load.unsure} without an answer), each "
            f"once; {last} heights the same on {len(nodes)} nodes")

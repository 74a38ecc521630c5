"""A further node that takes over a snapshot of a running network."""

import json
import socket
import subprocess
import urllib.request

from network import Validator


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def trusted(validator):
    with urllib.request.urlopen(f"http://{validator.rpc}/commit?height=2", timeout=5) as reply:
        signed = json.load(reply)["result"]["signed_header"]
    return f"2:{signed['commit']['block_id']['hash']}"


def first_snapshot(net):
    """Its height, once there is one with blocks above it that prove it."""
    snapshots = net.validators[0].home / "chains/utility/snapshots"
    net.wait(lambda: any(snapshots.glob("*/metadata")), 90, "a snapshot")
    oldest = min(int(p.parent.name) for p in snapshots.glob("*/metadata"))
    net.wait(lambda: net.newest() >= oldest + 3, 60, "headers above the snapshot")
    return oldest


def join(net, name):
    """Begun, not yet there."""
    home, port = f"{net.home}/{name}", free_port()
    node = Validator({"name": name, "home": home, "api": f"http://127.0.0.1:{port}", "rpc": ""})
    node.own = subprocess.Popen(
        [net.binary, "node", "join", "--home", home, "--port", port, "--rpc-port", free_port(),
         "--p2p-port", free_port(), "--trust", trusted(net.validators[0]), "--moniker", name,
         "--servers", ",".join(v.rpc for v in net.validators[:2]), "--genesis",
         net.validators[0].home / "chains/utility/genesis.json"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return node

"""A network whose state is as large as CAMBIUM_STATE_MIB says, before a story begins."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import time

from story import note

TOOL = "tests/rollback/grow_state"  # in the build folder of the program


def wanted_mib():
    return int(os.environ.get("CAMBIUM_STATE_MIB", 0))


def together(work, nodes):
    """On all nodes at once; what it answered, in their order."""
    with concurrent.futures.ThreadPoolExecutor(len(nodes)) as threads:
        return list(threads.map(work, nodes))


def run(*words):
    said = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def grow(net, mib):
    """All nodes have run and stand still: the first one's state grows, the others take it over."""
    tool = pathlib.Path(net.binary).parents[2] / TOOL
    began, folder = time.monotonic(), pathlib.Path(net.home) / "grown"
    first = net.validators[0]
    run(tool, first.home, mib)
    run(net.binary, "chain", "export", folder, "--home", first.home)

    def take_over(node):
        said = run(net.binary, "chain", "import", folder, "--engine", "cometbft", "--json",
                   "--home", node.home)
        return json.loads(said.splitlines()[-1])["items"][0]["genesis_hash"]
    hashes = set(together(take_over, net.validators))
    assert len(hashes) == 1, hashes
    size = sum(file.stat().st_size for file in (folder / "utility/snapshots").rglob("*"))
    note(f"all begin with a state of {size >> 20} MiB after {time.monotonic() - began:.0f} s")

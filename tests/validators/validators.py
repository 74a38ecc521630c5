"""Four validators with real processes: `validators.py CAMBIUM STORY`.

work     a block within 3 s of work, none between idle ones 30 s apart; one killed, two killed,
         both back (H/CS-02)
compute  a block every 5 s (H/CS-02)
crash    one validator, killed at every named point of a block, its CometBFT at any moment
double   two processes with one consensus key: slashed 10 % and banned (B/CONS-05, H/CS-03)
join     a fifth node takes over a snapshot and agrees (B/CONS-01, B/CONS-02)

Every other STORY is a file in stories/ and says there what it shows. One that this machine cannot
run says why and ends with status 77.
"""

import importlib
import pathlib
import re
import shutil
import sys
import time

import joining
from joining import free_port
from network import Localnet, Validator
from story import note


def work(binary):
    with Localnet(binary) as net:
        first, second = net.validators[0], net.validators[1]
        net.send(first)  # the first one also pays for what is not warm
        times = sorted(net.send(second) for _ in range(3))
        note(f"final after {', '.join(f'{t:.2f}' for t in times)} s, command included")
        assert times[1] < 3, times

        took = net.wait(lambda: net.ask("beacon.group").get("group", {}).get("members"), 150,
                        "the beacon's first group")
        note(f"the beacon's first group was made {took:.0f} s later")

        idle = net.newest()  # one more follows, whose header proves what was done
        net.wait(lambda: net.blocks[-1][1] >= idle + 3, 100, "two idle blocks")
        at = {height: seconds for seconds, height in net.blocks}
        apart = at[idle + 3] - at[idle + 2]
        note(f"idle blocks {apart:.1f} s apart")
        assert 28 < apart < 35, apart

        net.validators[3].kill()
        took = net.send(first)
        note(f"one of four killed: final after {took:.2f} s")
        net.validators[2].kill()
        stuck = net.newest()
        time.sleep(40)  # longer than an idle block takes
        assert net.newest() <= stuck + 1, "two of four made blocks"
        note(f"two of four killed: no block for 40 s after height {net.newest()}")
        for validator in net.validators[2:]:
            validator.start(binary)
        net.wait(lambda: net.newest() > stuck + 1, 120, "a block with all four back")
        net.send(first)
        height = net.newest()
        net.wait(lambda: all(v.height() >= height for v in net.validators), 60, "catching up")
        block, root = net.agree(height)
        note(f"all four at height {height}: state {root[:16]}, block {block[:16]}")


def compute(binary):
    with Localnet(binary, "--cadence", "compute") as net:
        begin = len(net.blocks)
        net.wait(lambda: len(net.blocks) >= begin + 7, 90, "six blocks")
        seen = [t for t, _ in net.blocks[-7:]]
        gaps = [b - a for a, b in zip(seen, seen[1:])]
        note(f"blocks every {sum(gaps) / len(gaps):.2f} s ({min(gaps):.2f} to {max(gaps):.2f})")
        assert 4.5 < sum(gaps) / len(gaps) < 5.6, gaps


CRASHES = ["before_log", "before_state", "after_state"]


def crash(binary):
    """The application dies at each named point of a block; then CometBFT does, at any moment."""
    with Localnet(binary, validators=1) as net:
        node = net.validators[0]
        net.send(node)
        node.kill()
        sent = 1
        for point in CRASHES:
            node.start(binary, CAMBIUM_CRASH_AT=f"engine.comet.{point}:3")
            while node.own.poll() is None:  # work until it strikes
                try:
                    net.send(node)
                    sent += 1
                except AssertionError:
                    time.sleep(0.2)
            assert node.own.returncode == -9, node.own.returncode
            note(f"died at {point}")
        node.start(binary)
        net.wait(lambda: node.height() > 0, 60, "the node after its crashes")
        for _ in range(3):
            net.wait(node.kill_consensus, 10, "a CometBFT to kill")
            net.wait(lambda: try_send(net, node), 60, "a transaction after CometBFT was killed")
            sent += 1
        heights = range(1, node.height() + 1)
        # Besides what was sent the validator deals its part of the beacon's key.
        found = [tx for h in heights for tx in node.block(h)["txs"] if "bank.Send" in tx["msgs"]]
        note(f"{sent} acknowledged, {len(found)} in {len(heights)} blocks")
        # What was under way when the process died may be final unheard.
        assert sent <= len(found) <= sent + len(CRASHES), "lost or doubled"
        assert len({tx["hash"] for tx in found}) == len(found), "executed twice"


def twin_of(net, victim):
    """A second machine with the same consensus key: what a careless failover looks like."""
    home = pathlib.Path(net.home) / "twin"
    chain = "chains/utility"
    for part in ("keys", f"{chain}/cometbft/config"):
        (home / part).mkdir(parents=True)
    for part in (f"{chain}/genesis.json", f"{chain}/cometbft/config/priv_validator_key.json"):
        shutil.copy(victim.home / part, home / part)
    settings = (victim.home / "cambium.toml").read_text()
    api = free_port()
    for key, port in (("p2p_port", free_port()), ("rpc_port", free_port()),
                      ("compute_port", free_port()), ("port", api)):
        settings = re.sub(rf"^{key} = \d+", f"{key} = {port}", settings, flags=re.M)
    (home / "cambium.toml").write_text(settings)
    return Validator({"name": "twin", "home": home, "api": f"http://127.0.0.1:{api}", "rpc": ""})


def double(binary):
    """Two processes sign with one key; the chain finds out, slashes 10 % and bans the key."""
    with Localnet(binary) as net:
        victim = net.validators[3]
        before = net.validator(victim)
        twin = twin_of(net, victim)
        twin.start(binary)
        try:
            net.wait(lambda: twin.height() > 0, 60, "the twin")
            began = time.monotonic()
            while not net.validator(victim).get("jailed"):
                assert time.monotonic() - began < 200, "no evidence came to light"
                net.send(net.validators[0])  # evidence alone makes no block
        finally:
            twin.stop()
        after = net.validator(victim)
        lost = 1 - int(after["tokens_ucbm"]) / int(before["tokens_ucbm"])
        note(f"found after {time.monotonic() - began:.0f} s; lost {100 * lost:.2f} % of its stake")
        assert abs(lost - 0.1) < 1e-6 and after["key_revoked"], after
        net.send(net.validators[0])  # three of three go on


def try_send(net, node):
    try:
        return net.send(node)
    except AssertionError:
        return False


def join(binary):
    with Localnet(binary, "--snapshot-every", "5", "--cadence", "compute") as net:
        for _ in range(3):
            net.send(net.validators[0])
        oldest = joining.first_snapshot(net)
        began = time.monotonic()
        fifth = joining.join(net, "node4")
        try:
            net.wait(lambda: fifth.height() >= oldest, 150, "the fifth node's state")
            note(f"the fifth node has its state after {time.monotonic() - began:.1f} s")
            goal = net.newest() + 2
            net.wait(lambda: fifth.height() >= goal, 60, "the fifth node's next blocks")
            _, root = net.agree(goal, [*net.validators, fifth])
            note(f"five nodes at height {goal}: state {root[:16]}")
            log = next((fifth.home / "logs").glob("cometbft-*.log")).read_text()
            assert "Snapshot restored" in log, "it executed every block instead"
        finally:
            fifth.stop()


HERE = {"work": work, "compute": compute, "join": join, "crash": crash, "double": double}
SKIPPED = 77


def main(binary, story):
    if story in HERE:
        return HERE[story](binary)
    told = importlib.import_module(f"stories.{story}")
    if why_not := getattr(told, "why_not", lambda: None)():
        print(f"not run: {why_not}")
        sys.exit(SKIPPED)
    return told.run(binary)


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2])
    note("done")

"""The programs of both sides, built where that was not done, and the settings they share."""

import subprocess

from chains import HERE, ROOT

PEER = ROOT / "bench" / ".peers" / "transfers"


def add_arguments(parser):
    parser.add_argument("--cambium")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--built", action="store_true", help="builds nothing of ours")


class Tools:
    def __init__(self, args):
        build = (ROOT / args.build).resolve()
        self.cambium = args.cambium or str(build / "src/cli/cambium")
        self.transfers = str(build / "bench/transfers/bench_transfers")
        self.peer = str(PEER)
        self.cometbft = str(ROOT / ".cambium/bin/cometbft")
        self.template = None  # our CometBFT's settings, once there are any

    def settings(self, home, p2p, port, peers):
        """What ours was given, for another home."""
        lines = []
        for line in self.template.splitlines():
            key = line.split(" = ")[0]
            changed = {"persistent_peers": f'"{peers}"', "moniker": '"peer"',
                       "proxy_app": f'"unix://{home}/abci.sock"'}.get(key)
            if key == "laddr":
                changed = f'"tcp://127.0.0.1:{port if "rpc" in section else p2p}"'
            if line.startswith("["):
                section = line
            lines.append(f"{key} = {changed}" if changed else line)
        return "\n".join(lines) + "\n"


def peer_is_current():
    sources = [HERE / "peer" / name for name in ("go.mod", "go.sum")]
    sources += (HERE / "peer").glob("*.go")
    return PEER.exists() and all(one.stat().st_mtime < PEER.stat().st_mtime for one in sources)


def build(args):
    if not args.built:
        subprocess.run(["cmake", "--preset", "release", "-B", args.build], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", args.build, "--target", "cambium", "bench_transfers"],
                       cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    if not peer_is_current():
        PEER.parent.mkdir(exist_ok=True)
        subprocess.run(["go", "build", "-o", PEER, "."], cwd=HERE / "peer", check=True)

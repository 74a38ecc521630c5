"""Adding an endpoint touches three files: its route, one registry line, its test.

GET /genesis/hash stands for all when files are counted; that every other route has its own file and
its line is checked for each. Clients call paths and are not part of adding one.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GATEWAY = ROOT / "src/gateway"
REGISTRY = GATEWAY / "routes/registry.cpp"
EXPECTED = {
    "src/gateway/routes/system/get_genesis_hash.cpp",
    "src/gateway/routes/registry.cpp",
    "src/gateway/chain_routes_test.cpp",
}
NAME = re.compile(r"\bget_genesis_hash\b|/genesis/hash\b")
MAKER = re.compile(r"^Route (\w+)\(Services&", re.MULTILINE)


def sources():
    return [p for p in sorted(GATEWAY.rglob("*")) if p.suffix in {".cpp", ".hpp", ".txt"}]


def files_naming_it():
    return {str(p.relative_to(ROOT)) for p in sources() if NAME.search(p.read_text("utf-8"))}


def makers():
    """Which file makes which route."""
    found = {}
    for path in sorted((GATEWAY / "routes").rglob("*.cpp")):
        for name in MAKER.findall(path.read_text("utf-8")):
            found.setdefault(name, []).append(path.relative_to(ROOT))
    return found


def main():
    found = files_naming_it()
    if found != EXPECTED:
        print("the endpoint recipe says three files, found:", *sorted(found), sep="\n  ")
        return 1
    registry = REGISTRY.read_text("utf-8")
    declared = re.findall(r"\w+(?=[,;])", "".join(re.findall(r"^MakeRoute[^;]*;", registry, re.M)))
    made = makers()
    for name in declared:
        paths, times = made.get(name, []), len(re.findall(rf"\b{name}\b", registry))
        if len(paths) != 1 or times != 2:
            print(f"{name}: made in {len(paths)} files, {times} times in the registry, which "
                  "declares it and lists it")
            return 1
    print(f"one endpoint = 3 files; {len(declared)} endpoints, each with its file and its line")
    return 0


if __name__ == "__main__":
    sys.exit(main())

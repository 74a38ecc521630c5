"""Adding a message touches four files: counts the files that know one of them by name.

CapabilityUpdate of the module nodes stands for all: its JSON form, command-line verb, API view and
SDK type come from its descriptor, so no other file may name it. Documents may.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["proto", "src", "client", "sdk", "web/src", "sim", "tools"]
CODE = {".cpp", ".hpp", ".proto", ".py", ".ts", ".tsx", ".inc", ".txt"}
EXPECTED = {
    "proto/cambium/nodes/v1/nodes.proto",
    "src/chain/modules/nodes/capability_update.cpp",
    "src/chain/modules/nodes/capability_update_test.cpp",
    "src/chain/modules/nodes/nodes.cpp",
}
NAME = re.compile(r"\bCapabilityUpdate\b|\bcapability_update\b")


def files_naming_it():
    found = set()
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in CODE or "node_modules" in path.parts or not path.is_file():
                continue
            if NAME.search(path.read_text(encoding="utf-8", errors="replace")):
                found.add(str(path.relative_to(ROOT)))
    return found


def registry_lines():
    text = (ROOT / "src/chain/modules/nodes/nodes.cpp").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if NAME.search(line)]


def main():
    found = files_naming_it()
    if found != EXPECTED:
        print("the message recipe says four files, found:", *sorted(found), sep="\n  ")
        return 1
    lines = registry_lines()
    if len(lines) != 1:
        print("the registry should need one line, found:", *lines, sep="\n  ")
        return 1
    print("one message = 4 files, 1 registry line")
    return 0


if __name__ == "__main__":
    sys.exit(main())

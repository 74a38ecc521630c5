"""The house rules that a program can check, one function each.

A rule takes a Repo and yields Findings. Rules read text only; nothing is compiled.
"""

import collections
import dataclasses
import pathlib
import re
import statistics
import subprocess

MAX_HEADER = 200
MAX_SOURCE = 600
WARN_SOURCE = 300
MAX_FUNCTION = 70
MAX_COLUMNS = 100
MAX_FOLDER = 25
MAX_MEDIAN = 80

CPP = (".cpp", ".hpp")
CODE = CPP + (".h", ".py", ".rs", ".ts", ".tsx", ".proto", ".cmake", ".sh")
SNAKE = re.compile(r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    rule: str
    advice: str
    warning: bool = False

    def __str__(self):
        level = "warning: " if self.warning else ""
        return f"{self.path}:{self.line}: {self.rule}: {level}{self.advice}"


@dataclasses.dataclass
class Module:
    """One add_module() call: the room of a folder."""

    path: str  # of the CMakeLists.txt
    level: int
    deps: set
    test_deps: set


class Repo:
    """Files by path relative to the root, read once."""

    def __init__(self, files):
        self.files = files  # {path: text}
        self.modules = {}
        for path, text in files.items():
            if path.endswith("/CMakeLists.txt"):
                self._read_modules(path, text)

    @classmethod
    def of_git(cls, root):
        """Tracked files and new ones that are not ignored; binary files have no text."""
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
        files = {}
        for name in filter(None, names.decode().split("\0")):
            try:
                files[name] = (pathlib.Path(root) / name).read_text("utf-8")
            except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
                continue
        return cls(files)

    def _read_modules(self, path, text):
        call = re.search(r"add_module\(\s*(\w+)\s+LEVEL\s+(\d+)([^)]*)\)", strip_hash(text))
        if not call:
            return
        lists = collections.defaultdict(list)
        key = None
        for word in call.group(3).split():
            if word in ("DEPS", "LIBS", "TEST_LIBS"):
                key = word
            else:
                lists[key].append(word)
        prefix = "cambium_"
        test = {w[len(prefix):] for w in lists["TEST_LIBS"] if w.startswith(prefix)}
        self.modules[call.group(1)] = Module(path, int(call.group(2)), set(lists["DEPS"]), test)

    def cpp(self):
        """C++ files of ours, in order."""
        return [(p, t) for p, t in sorted(self.files.items()) if p.endswith(CPP)]


def strip_hash(text):
    return re.sub(r"#.*", "", text)


def room_of(path):
    """The room a file is in: src/chain/tx.hpp -> chain, client/x.hpp -> client."""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" else parts[0]


def include_path(path):
    """How others include the file: relative to src/, or to the root for rooms beside it."""
    return path[len("src/"):] if path.startswith("src/") else path


def includes(text):
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if match:
            yield number, match.group(1)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


# ---- levels and includes -----------------------------------------------------------------------


def check_modules(repo):
    folders = {p.split("/")[1] for p in repo.files if p.startswith("src/") and p.count("/") > 1}
    for folder in sorted(folders):
        if folder not in repo.modules:
            yield Finding(f"src/{folder}/CMakeLists.txt", 1, "module",
                          f"add a CMakeLists.txt that calls add_module({folder} LEVEL n ...)")
    for name, module in sorted(repo.modules.items()):
        for dep in sorted(module.deps):
            other = repo.modules.get(dep)
            if other is None:
                yield Finding(module.path, 1, "level", f"{dep} is no module; remove it from DEPS")
            elif other.level >= module.level:
                yield Finding(module.path, 1, "level",
                              f"{name} (level {module.level}) may not use {dep} (level "
                              f"{other.level}); declare the interface where it is used instead")


def check_includes(repo):
    for path, text in repo.cpp():
        room = room_of(path)
        module = repo.modules.get(room)
        if module is None:
            continue  # programs such as bench and tests may include every room
        allowed = {room} | module.deps
        if path.endswith("_test.cpp"):
            allowed |= module.test_deps
        for number, target in includes(text):
            if "/" not in target:
                yield Finding(path, number, "include",
                              f'write "{room}/...": includes are relative to src/')
                continue
            used = "schema" if target.endswith(".pb.h") else target.split("/")[0]
            if used not in allowed:
                yield Finding(path, number, "include",
                              f"{used} is not in DEPS of {module.path}; name it there if its "
                              f"level is lower, else declare a narrow interface here")


def check_cycles(repo):
    graph = {include_path(p): [t for _, t in includes(text)] for p, text in repo.cpp()}
    where = {include_path(p): p for p, _ in repo.cpp()}
    state = {}
    for start in sorted(graph):
        yield from _walk_cycles(start, graph, where, state)


def _walk_cycles(start, graph, where, state):
    """Depth-first search with its own stack; a grey target closes a cycle."""
    if state.get(start):
        return
    stack = [(start, iter(graph[start]))]
    state[start] = "grey"
    while stack:
        node, rest = stack[-1]
        target = next((t for t in rest if t in graph), None)
        if target is None:
            state[node] = "black"
            stack.pop()
        elif state.get(target) == "grey":
            yield Finding(where[node], 1, "cycle",
                          f"{node} and {target} include each other; move what both need "
                          f"into a third header")
        elif target not in state:
            state[target] = "grey"
            stack.append((target, iter(graph[target])))


# ---- sizes -------------------------------------------------------------------------------------


def check_sizes(repo):
    for path, text in repo.cpp():
        lines = len(text.splitlines())
        if path.endswith(".hpp") and lines > MAX_HEADER:
            yield Finding(path, lines, "size",
                          f"{lines} lines; split the header to at most {MAX_HEADER}")
        elif lines > MAX_SOURCE:
            yield Finding(path, lines, "size",
                          f"{lines} lines; split the file to at most {MAX_SOURCE}")
        elif path.endswith(".cpp") and lines > WARN_SOURCE:
            yield Finding(path, lines, "size",
                          f"{lines} lines; aim at {WARN_SOURCE}", warning=True)


def check_columns(repo):
    for path, text in sorted(repo.files.items()):
        if not path.endswith(CODE):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > MAX_COLUMNS:
                yield Finding(path, number, "columns",
                              f"{len(line)} columns; break the line at {MAX_COLUMNS}")


def check_folders(repo):
    count = collections.Counter(
        p.rpartition("/")[0] for p, _ in repo.cpp()
        if p.endswith(".cpp") and not p.endswith(("_test.cpp", "_fuzz.cpp")))
    for folder, sources in sorted(count.items()):
        if sources > MAX_FOLDER:
            yield Finding(folder, 1, "folder",
                          f"{sources} sources; group them into folders of at most {MAX_FOLDER}")


def check_median(repo, strict=False):
    median = median_lines(repo)
    if median > MAX_MEDIAN:
        yield Finding("src", 1, "median",
                      f"the median file has {median:g} lines; split until it is {MAX_MEDIAN}",
                      warning=not strict)


def median_lines(repo):
    sizes = [len(t.splitlines()) for p, t in repo.cpp() if p.startswith("src/")]
    return statistics.median(sizes) if sizes else 0


# ---- functions ---------------------------------------------------------------------------------

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.S)
NOT_FUNCTION = re.compile(
    r"^\s*(?:template\s*<[^{;]*>\s*)?(?:namespace|class|struct|union|enum|extern"
    r"|do|else|try|if|for|while|switch|catch)\b")


def blank(text):
    """The text with comments and literals overwritten by spaces; offsets stay."""
    def spaces(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r"(?m)^\s*#(?:[^\n]*\\\n)*[^\n]*", spaces, TOKEN.sub(spaces, text))


def functions(text):
    """Yields (first line, number of lines) of each body that stands at namespace or class level."""
    code = blank(text)
    stack = []  # what each open brace is: a function's body, a member initialiser, anything else
    head = 0  # where the text before the next brace starts
    opened = 0
    for match in re.finditer(r"[{};]", code):
        mark, at = match.group(), match.start()
        before = code[head:at]
        if mark == "{":
            kind = "other" if "body" in stack else kind_of_brace(before)
            if kind == "body":
                opened = at
            stack.append(kind)
        elif mark == "}":
            kind = stack.pop() if stack else "other"
            if kind == "body":
                first = line_of(code, opened)
                yield first, line_of(code, at) - first + 1
        else:
            kind = "initialiser" if before.count("(") > before.count(")") else "other"
        if kind != "initialiser":
            head = at + 1


def kind_of_brace(before):
    """What `{` opens after the text `before`, which begins where the last statement ended."""
    if re.search(r"\)\s*(?:noexcept\s*)?:(?!:)", before) and re.search(r"[\w>]$", before):
        return "initialiser"  # `: x_{`, written without a space, unlike a body
    if "(" in before and not NOT_FUNCTION.match(before):
        return "body"
    return "other"


def check_functions(repo):
    for path, text in repo.cpp():
        for first, lines in functions(text):
            if lines > MAX_FUNCTION:
                yield Finding(path, first, "function",
                              f"{lines} lines; split the function to at most {MAX_FUNCTION}")


# ---- text --------------------------------------------------------------------------------------

# Written in two halves so that the rules do not find themselves.
MARK = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b")
MACHINE = re.compile(
    r"(?<![\w.}/-])/(?:wo" r"rk|ro" r"ot|home/(?!cambium)\w+|Us" r"ers)/|\bartif" r"actory\b"
    r"|(?<![\w/])(?:\.\./)?sha" r"red/(?:design|requirements|recipes|hooks)")
NPM_HOST = re.compile(r'"resolved": "(?!https://registry\.npmjs\.org/)')
CRATES = re.compile(
    r'^source = "(?!registry\+https://github\.com/rust-lang/crates\.io-index")', re.M)
LOCKS = {"package-lock.json": NPM_HOST, "Cargo.lock": CRATES}
# The licence text of others and generated data are not ours to word.
UNWORDED = ("LICENSE", ".lock", "package-lock.json", ".svg")


def check_marks(repo):
    for path, text in sorted(repo.files.items()):
        if path.endswith(UNWORDED):
            continue
        for match in MARK.finditer(text):
            yield Finding(path, line_of(text, match.start()), "mark",
                          "do it now, or open an issue and cite its number without this mark")


def check_machine(repo):
    for path, text in sorted(repo.files.items()):
        for match in MACHINE.finditer(text):
            yield Finding(path, line_of(text, match.start()), "machine",
                          f"'{match.group(0).strip()}' exists on one machine only; "
                          f"use a relative path or a public name")
        pattern = LOCKS.get(path.rpartition("/")[2])
        for match in pattern.finditer(text) if pattern else ():
            yield Finding(path, line_of(text, match.start()), "machine",
                          "the lock file names a private registry; make it against the public one")


def check_names(repo):
    for path in sorted(repo.files):
        name = path.rpartition("/")[2]
        if path.endswith(CPP + (".h", ".rs", ".py", ".proto")) and not SNAKE.match(name):
            yield Finding(path, 1, "name", "name files in snake_case")


def check_pragma(repo):
    for path, text in repo.cpp():
        if path.endswith(".hpp") and not re.search(r"^#pragma once$", text, re.M):
            yield Finding(path, 1, "pragma", "add a line `#pragma once`")


RULES = (check_modules, check_includes, check_cycles, check_sizes, check_columns, check_folders,
         check_functions, check_marks, check_machine, check_names, check_pragma)


def check_all(repo, strict_median=False):
    found = [finding for rule in RULES for finding in rule(repo)]
    found += check_median(repo, strict_median)
    return sorted(found)

# Shared by the scripts at the top of the repository: words to the person, clocks, machine facts.
# Source it from bash after `cd` to the repository's root.

say() { printf '%s\n' "$*"; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# At the end of the path, so that what the machine already has wins over what setup brought.
case ":$PATH:" in
  *":$HOME/.cargo/bin:"*) ;;
  *) export PATH="$PATH:$HOME/.cargo/bin" ;;
esac
# Setup leaves this mark when the machine's own Node is missing or too old.
[ -e .venv/node/first ] && export PATH="$PWD/.venv/node/bin:$PATH"

# Compilers may share results between checkouts and build folders.
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

# at_least HAVE WANT: compares dotted version numbers.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

rust_version() { { cargo --version && rustc --version; } 2>/dev/null | awk '{print $2}' |
  sort -V | head -n 1; }
node_version() { { npm --version >/dev/null && node --version; } 2>/dev/null | tr -d v; }

# A file that includes libtorch needs about 2 GB of memory to compile.
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable/ {print int($2 / 2000000)}' /proc/meminfo)
  [ "$memory" -lt "$cores" ] && cores=$memory
  [ "$cores" -lt 1 ] && cores=1
  echo "$cores"
}

# Whole seconds since the script began, and a list of parts like "setup 3 s, build 40 s".
PARTS=""
PART_START=$SECONDS
part() {
  local took=$((SECONDS - PART_START))
  PARTS="${PARTS:+$PARTS, }$1 $took s"
  PART_START=$SECONDS
}

# Configures a preset once; afterwards the generated build notices changes by itself.
configure() {
  [ -f "build/$1/build.ninja" ] && return 0
  say "Configuring preset $1."
  mkdir -p build
  cmake --preset "$1" >"build/$1.configure.log" 2>&1 && return 0
  tail -n 20 "build/$1.configure.log"
  rm -f "build/$1/build.ninja"
  return 1
}

#!/usr/bin/env python3
"""A process whose clock is wrong: `clock.py SECONDS PROGRAM ARGUMENTS...` becomes that program.

What the machine answers for "what time is it" comes from a page that the kernel maps into every
program. A debugger of one moment writes other instructions there: ask the kernel, add the seconds.
So it reaches programs that link no library, as CometBFT does, which a preloaded library cannot.
Clocks that only measure durations stay right. `move` sets the clock of a running program.
"""

import ctypes
import os
import pathlib
import platform
import signal
import struct
import sys

# edi: which clock, rsi: where to write. The added number begins at kOffsetAt.
CODE = (b"\xb8\xe4\x00\x00\x00"      # mov eax, 228 (clock_gettime)
        b"\x0f\x05"                  # syscall
        b"\x85\xff"                  # test edi, edi: only the clock of the day is moved
        b"\x75\x0d"                  # jne to the end
        b"\x48\xb9" + bytes(8) +     # mov rcx, SECONDS
        b"\x48\x01\x0e"              # add [rsi], rcx
        b"\xc3")                     # ret
OFFSET_AT = 13
VDSO_ENTRY = 33  # AT_SYSINFO_EHDR in the auxiliary vector
SEIZE, CONTINUE, DETACH = 0x4206, 7, 17
TRACE_EXEC, EXEC_STOP = 0x10, signal.SIGTRAP | 4 << 8
WAIT_ALL = 0x40000000

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def ptrace(request, pid, data=0):
    if libc.ptrace(request, pid, None, data) != 0:
        raise OSError(ctypes.get_errno(), "this machine does not let a program be traced")


def clock_address(pid):
    """Where that process asks for the time; its page is an ELF file of its own."""
    pairs = struct.iter_unpack("QQ", pathlib.Path(f"/proc/{pid}/auxv").read_bytes())
    base = dict(pairs)[VDSO_ENTRY]
    with open(f"/proc/{pid}/mem", "rb") as memory:
        memory.seek(base)
        image = memory.read(8192)
    segments, count = struct.unpack_from("<Q", image, 32)[0], struct.unpack_from("<H", image, 56)[0]
    parts = [struct.unpack_from("<IIQQQQQQ", image, segments + 56 * i) for i in range(count)]
    loaded = next(p[3] - p[2] for p in parts if p[0] == 1)
    dynamic = next(p for p in parts if p[0] == 2)
    table = dict(struct.iter_unpack("<QQ", image[dynamic[2]:dynamic[2] + dynamic[5]]))
    names, symbols = table[5] - loaded, table[6] - loaded
    for at in range(symbols, len(image) - 24, 24):
        name, _, _, _, value, size = struct.unpack_from("<IBBHQQ", image, at)
        if image[names + name:].startswith(b"__vdso_clock_gettime\0"):
            assert size == 0 or size >= len(CODE), "no room for other instructions"
            return base + value - loaded
    raise OSError("the kernel's page has no clock_gettime")


def write(pid, address, content):
    with open(f"/proc/{pid}/mem", "r+b", buffering=0) as memory:
        memory.seek(address)
        memory.write(content)


def move(pid, seconds):
    """From now on the program, which was started by this file, is so far from the true time."""
    write(pid, clock_address(pid) + OFFSET_AT, struct.pack("<q", seconds))


def patch_at_exec(pid, ready, seconds):
    ptrace(SEIZE, pid, TRACE_EXEC)
    os.write(ready, b"1")
    while (stopped := os.waitpid(pid, WAIT_ALL)[1] >> 8) != EXEC_STOP:
        ptrace(CONTINUE, pid, stopped)  # a signal, which goes its way
    code = bytearray(CODE)
    struct.pack_into("<q", code, OFFSET_AT, seconds)
    write(pid, clock_address(pid), code)
    ptrace(DETACH, pid)


def become(seconds, command):
    me = os.getpid()
    hear, ready = os.pipe()
    if os.fork() == 0:  # twice, so that the program has no child to reap
        if os.fork() == 0:
            try:
                patch_at_exec(me, ready, seconds)
            except OSError as error:
                print(error, file=sys.stderr)
                os.kill(me, signal.SIGKILL)
        os._exit(0)
    os.wait()
    os.close(ready)
    if os.read(hear, 1) == b"1":
        os.execvp(command[0], command)
    sys.exit("the clock could not be moved")


def why_not():
    """Why clocks cannot be moved on this machine, as a sentence; nothing when they can."""
    if platform.machine() != "x86_64":
        return "moving a program's clock is written for x86-64 only"
    here = os.spawnvp(os.P_WAIT, sys.executable,
                      [sys.executable, __file__, "1000000", sys.executable, "-c",
                       f"import time; raise SystemExit(time.time() < {10**6} + {os.times()[4]})"])
    return "this machine does not let a program's clock be moved" if here != 0 else None


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])

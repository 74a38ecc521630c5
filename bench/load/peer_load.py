"""The peers' side of benchmark 8, the same experts in their formats.

peer_load.py write pickle|safetensors DIR OUR_DIR COUNT     converts our files
peer_load.py load pickle|safetensors DIR EXPERT...          loads and says what it cost
"""
import json
import pathlib
import struct
import sys
import time

import numpy
import torch
from safetensors.torch import load_file, save_file


def our_tensors(path):
    """Tensors of one of our payload files, by its documented bytes."""
    data = path.read_bytes()
    (tensors,) = struct.unpack_from("<I", data, 12)
    out = {}
    for i in range(tensors):
        name, offset, _ = struct.unpack_from("<40sQQ", data, 64 + 64 * i)
        rows, cols = struct.unpack_from("<QQ", data, offset + 16)
        (start,) = struct.unpack_from("<Q", data, offset + 48)
        flat = numpy.frombuffer(data, numpy.float16, rows * cols, offset + start)
        out[name.rstrip(b"\0").decode()] = torch.from_numpy(flat.reshape(rows, cols).copy())
    return out


def write(kind, folder, ours, count):
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        tensors = our_tensors(ours / str(i))
        if kind == "pickle":
            torch.save(tensors, folder / str(i))
        else:
            save_file(tensors, folder / str(i))


def resident(field):
    for line in open("/proc/self/smaps_rollup"):
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    return 0


def load(kind, folder, experts):
    read = torch.load if kind == "pickle" else load_file
    torch.zeros(1).sum()  # the library's own first-use costs are not the format's
    rss, anonymous = resident("Rss:"), resident("Anonymous:")
    start = time.perf_counter()
    kept = [read(folder / expert) for expert in experts]
    ready = time.perf_counter()
    rss_ready = resident("Rss:")
    use = time.perf_counter()
    total = 0
    for tensors in kept:
        for name in ("gate", "up", "down"):
            words = tensors[name].reshape(-1).numpy().view(numpy.uint64)
            total = (total + int(words.sum(dtype=numpy.uint64))) % 2**64
    used = time.perf_counter()
    print(json.dumps({"ready_ms": (ready - start) * 1e3,
                      "use_ms": (ready - start + used - use) * 1e3,
                      "pages": (rss_ready - rss) // 4096,
                      "extra_bytes": resident("Anonymous:") - anonymous, "sum": total}))


if sys.argv[1] == "write":
    write(sys.argv[2], pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4]), int(sys.argv[5]))
else:
    load(sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4:])

#!/usr/bin/env python3
"""Reads TensorBlocks, bundles and payload files from docs/formats.md alone, with nothing but the
standard library, and compares every value with the text our C++ wrote beside each sample.

usage: read_tensor_block.py <path of the tensor_test program>
"""
import hashlib
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

HEADER = struct.Struct("<8sIIQQIIQQQ64x")
DTYPES = {1: "fp16", 2: "int8", 3: "fp8_e4m3", 4: "bf16", 5: "fp32", 6: "int4_group32"}
LEAF = 1024


def fp8(code):
    sign = -1.0 if code & 0x80 else 1.0
    exponent, mantissa = (code >> 3) & 15, code & 7
    if exponent == 15 and mantissa == 7:
        return float("nan")
    if exponent == 0:
        return sign * mantissa * 2.0**-9
    return sign * (1 + mantissa / 8) * 2.0 ** (exponent - 7)


def rounded(value):
    """To fp32, as one multiplication by a scale rounds."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def read_block(block):
    """(dtype name, rows, cols, values in row order) of one TensorBlock."""
    magic, version, dtype, rows, cols, layout, _, scale_at, data_at, merkle_at = HEADER.unpack(
        block[:128])
    assert magic == b"TBLOCK01" and version == 1, "not a TensorBlock of version 1"
    assert block[64:128] == bytes(64), "reserved bytes"
    assert data_at % 64 == 0
    count = rows * cols
    scales = ()
    if scale_at:
        scales = struct.unpack_from(f"<{(data_at - scale_at) // 4}f", block, scale_at)
    if dtype == 1:
        flat = struct.unpack_from(f"<{count}e", block, data_at)
    elif dtype == 2:
        quanta = struct.unpack_from(f"<{count}b", block, data_at)
        flat = [rounded(scales[i // cols] * q) for i, q in enumerate(quanta)]
    elif dtype == 3:
        flat = [fp8(code) for code in block[data_at:data_at + count]]
    elif dtype == 4:
        halves = struct.unpack_from(f"<{count}H", block, data_at)
        flat = [struct.unpack("<f", struct.pack("<I", half << 16))[0] for half in halves]
    elif dtype == 5:
        flat = struct.unpack_from(f"<{count}f", block, data_at)
    else:
        packed = block[data_at:data_at + count // 2]
        nibbles = [n for byte in packed for n in (byte & 15, byte >> 4)]
        flat = [rounded(scales[i // 32] * (n - 8)) for i, n in enumerate(nibbles)]
    if layout == 1:
        flat = [flat[c * rows + r] for r in range(rows) for c in range(cols)]
    if merkle_at:
        assert tree_root(block[:merkle_at]) == block[-32:], "the block's own Merkle index"
    return DTYPES[dtype], rows, cols, list(flat)


def tree_root(content):
    """RFC 6962 Merkle tree hash over 1 KiB leaves."""
    leaves = [hashlib.sha256(b"\0" + content[i:i + LEAF]).digest()
              for i in range(0, len(content), LEAF)]

    def root(nodes):
        if len(nodes) == 1:
            return nodes[0]
        split = 1 << ((len(nodes) - 1).bit_length() - 1)
        return hashlib.sha256(b"\1" + root(nodes[:split]) + root(nodes[split:])).digest()

    return root(leaves) if leaves else hashlib.sha256(b"").digest()


def read_bundle(content):
    """{name: block bytes} of a bundle."""
    magic, version, tensors, size = struct.unpack_from("<8sIIQ", content)
    assert (magic, version, size) == (b"CBUNDLE1", 1, len(content)), "not a bundle of version 1"
    blocks = {}
    for i in range(tensors):
        name, offset, length = struct.unpack_from("<40sQQ", content, 64 + 64 * i)
        blocks[name.rstrip(b"\0").decode()] = content[offset:offset + length]
    return blocks


def read_payload_file(data):
    """(content, root) of a payload file."""
    magic, size, leaf, subtree = struct.unpack_from("<8sQII", data, len(data) - 32)
    assert (magic, leaf, subtree) == (b"CMBINDEX", LEAF, 256 * LEAF)
    return data[:size], data[-64:-32]


def expect(block, expected):
    name, rows, cols, values = read_block(block)
    assert len(values) == rows * cols == len(expected)
    for i, (got, wanted) in enumerate(zip(values, expected)):
        assert rounded(got) == rounded(wanted), f"{name} element {i}: {got} is not {wanted}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], "--gtest_filter=Interop.*"], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, "CAMBIUM_SAMPLES_TO": folder})
        folder = pathlib.Path(folder)
        content = (folder / "all.bundle").read_bytes()
        blocks = read_bundle(content)
        values = 0
        for name in DTYPES.values():
            expected = [float(x) for x in (folder / f"{name}.txt").read_text().split()]
            expect((folder / f"{name}.tblock").read_bytes(), expected)
            expect(blocks[name], expected)
            values += 2 * len(expected)
        inner, root = read_payload_file((folder / "all.payload").read_bytes())
        assert inner == content and root == tree_root(content)
        assert root.hex() == (folder / "all.root").read_text().strip()
        print(f"{len(DTYPES)} element types, {values} values and one payload root agree")


main()

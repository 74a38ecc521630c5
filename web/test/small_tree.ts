// A small sparse Merkle tree with a signed header over it, made in TypeScript: for shapes that the
// recorded fixture does not have. What the C++ makes is in test/fixtures.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Evidence } from "../src/proof/verify.ts";

type Entry = { path: Uint8Array; key: Uint8Array; value: Uint8Array };
type Way = { left: boolean; hash: Uint8Array }[];

const cat = (...parts: (Uint8Array | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const text = (value: string) => new TextEncoder().encode(value);
// A mirrored tree has every leaf on the other side of each node: a root that shows its entries
// where they do not belong, which ICS-23 alone would accept.
let mirrored = false;
const bitOf = (path: Uint8Array, depth: number) =>
  (((path[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1) ^ Number(mirrored);

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}
const bytesField = (number: number, bytes: Uint8Array) =>
  cat([(number << 3) | 2], varint(bytes.length), bytes);

function rootOf(entries: Entry[], depth: number): Uint8Array {
  const [only] = entries;
  if (!only) return new Uint8Array(32);
  if (entries.length === 1) return sha256(cat([0], only.path, sha256(only.value)));
  const side = (bit: number) =>
    rootOf(
      entries.filter((e) => bitOf(e.path, depth) === bit),
      depth + 1,
    );
  return sha256(cat([1], side(0), side(1)));
}

function wayOf(entries: Entry[], of: Entry, depth = 0): Way {
  if (entries.length <= 1) return [];
  const right = bitOf(of.path, depth) === 1;
  const here = entries.filter((e) => (bitOf(e.path, depth) === 1) === right);
  const there = entries.filter((e) => (bitOf(e.path, depth) === 1) !== right);
  return [...wayOf(here, of, depth + 1), { left: right, hash: rootOf(there, depth + 1) }];
}

function existence(entries: Entry[], of: Entry): Uint8Array {
  const leaf = Uint8Array.of(0x08, 1, 0x10, 1, 0x18, 1, 0x2a, 1, 0);
  const steps = wayOf(entries, of).map(({ left, hash }) =>
    left ? cat([0x08, 1, 0x12, 33, 1], hash) : cat([0x08, 1, 0x12, 1, 1, 0x1a, 32], hash),
  );
  return cat(
    bytesField(1, of.key),
    bytesField(2, of.value),
    bytesField(3, leaf),
    ...steps.map((step) => bytesField(4, step)),
  );
}

/** Evidence for `key` in a tree of `size` entries "entry 0".. whose values are their numbers. */
export function evidenceIn(size: number, key: string): Evidence {
  const entries = Array.from({ length: size }, (_, i) => ({
    key: text(`entry ${i}`),
    value: text(`${i}`),
    path: sha256(text(`entry ${i}`)),
  })).sort((a, b) => Buffer.compare(a.path, b.path));
  const wanted = text(key);
  const found = entries.find((entry) => Buffer.compare(entry.key, wanted) === 0);
  const path = sha256(wanted);
  const left = entries.findLast((entry) => Buffer.compare(entry.path, path) < 0);
  const right = entries.find((entry) => Buffer.compare(entry.path, path) > 0);
  const proof = found
    ? bytesField(1, existence(entries, found))
    : bytesField(
        2,
        cat(
          bytesField(1, wanted),
          left ? bytesField(2, existence(entries, left)) : [],
          right ? bytesField(3, existence(entries, right)) : [],
        ),
      );
  const secret = sha256(text("operator"));
  const operatorKey = ed25519.getPublicKey(secret);
  const header = cat(
    bytesField(1, text("test-1")),
    [0x10, 8],
    bytesField(5, rootOf(entries, 0)),
    bytesField(8, cat([0x08, 1], bytesField(2, operatorKey))),
  );
  const signature = ed25519.sign(sha256(cat(text("cambium/header/v1"), header)), secret);
  return {
    key: wanted,
    ...(found ? { value: found.value } : {}),
    height: 7n,
    proof,
    header,
    signature,
    operatorKey,
  };
}

export function mirroredEvidenceIn(size: number, key: string): Evidence {
  mirrored = true;
  try {
    return evidenceIn(size, key);
  } finally {
    mirrored = false;
  }
}

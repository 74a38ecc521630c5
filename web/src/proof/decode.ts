// ICS-23 commitment proofs (cosmos.ics23.v1) pinned to the one shape that the chain's tree has: a
// sparse Merkle tree over SHA-256(key). Whatever differs from that shape in any byte is refused.
import { sameBytes } from "../lib/bytes.ts";
import { Malformed, Reader } from "./wire.ts";

/** An inner node on the way up: the sibling's hash and the side on which it stands. */
export interface Step {
  sibling: "left" | "right";
  hash: Uint8Array;
}

/** A leaf and its way to the root, lowest step first. */
export interface Existence {
  kind: "existence";
  key: Uint8Array;
  value: Uint8Array;
  steps: Step[];
}

/** The leaves on both sides of where the key would be. */
export interface Absence {
  kind: "absence";
  key: Uint8Array;
  left?: Existence;
  right?: Existence;
}

const HASH = 32;
const MAX_DEPTH = 256;
// hash, prehash_key and prehash_value = SHA256; no length; prefix 00.
const LEAF_OP = Uint8Array.of(0x08, 1, 0x10, 1, 0x18, 1, 0x2a, 1, 0x00);
// hash = SHA256; prefix = 01 || left sibling, or prefix = 01 and suffix = right sibling.
const LEFT_STEP = Uint8Array.of(0x08, 1, 0x12, 33, 0x01);
const RIGHT_STEP = Uint8Array.of(0x08, 1, 0x12, 1, 0x01, 0x1a, 32);

function step(bytes: Uint8Array): Step {
  for (const [sibling, head] of [
    ["left", LEFT_STEP],
    ["right", RIGHT_STEP],
  ] as const) {
    const fits = bytes.length === head.length + HASH;
    if (fits && sameBytes(bytes.subarray(0, head.length), head)) {
      return { sibling, hash: bytes.subarray(head.length) };
    }
  }
  throw new Malformed("an inner step is not one of a sparse Merkle tree");
}

function existence(body: Uint8Array): Existence {
  const fields = new Reader(body);
  const key = fields.take(1);
  const value = fields.take(2);
  if (key.length === 0 || value.length === 0) throw new Malformed("a key or a value is empty");
  if (!sameBytes(fields.take(3), LEAF_OP)) throw new Malformed("the leaf is hashed otherwise");
  const steps: Step[] = [];
  while (!fields.done()) steps.push(step(fields.take(4)));
  if (steps.length > MAX_DEPTH) throw new Malformed("it is deeper than a path is long");
  return { kind: "existence", key, value, steps };
}

function absence(body: Uint8Array): Absence {
  const fields = new Reader(body);
  const proof: Absence = { kind: "absence", key: fields.take(1) };
  const left = fields.takeIf(2);
  const right = fields.takeIf(3);
  if (!fields.done()) throw new Malformed("a field is not known or out of order");
  if (left) proof.left = existence(left);
  if (right) proof.right = existence(right);
  return proof;
}

/** Reads a CommitmentProof; throws Malformed for anything but the canonical bytes. */
export function decodeProof(bytes: Uint8Array): Existence | Absence {
  const outer = new Reader(bytes);
  const exist = outer.takeIf(1);
  const proof = exist ? existence(exist) : absence(outer.take(2));
  if (!outer.done()) throw new Malformed("something follows it");
  return proof;
}

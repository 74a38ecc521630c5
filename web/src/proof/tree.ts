// Climbing a sparse Merkle tree: leaf = H(00 || H(key) || H(value)), node = H(01 || left || right),
// an empty subtree is 32 zero bytes. The bits of H(key) say where a leaf lies.
import { sha256 } from "@noble/hashes/sha2.js";
import type { Absence, Existence, Step } from "./decode.ts";

export class Refused extends Error {}

function node(prefix: number, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(prefix)).update(left).update(right).digest();
}

export function leafHash(proof: Existence): Uint8Array {
  return node(0, sha256(proof.key), sha256(proof.value));
}

export function rootOf(proof: Existence): Uint8Array {
  return proof.steps.reduce(
    (at, { sibling, hash }) => (sibling === "left" ? node(1, hash, at) : node(1, at, hash)),
    leafHash(proof),
  );
}

/** The leaf must lie where its key says, or one root could show a key in two places. */
export function liesOnItsPath(proof: Existence): boolean {
  const path = sha256(proof.key);
  return proof.steps.every(({ sibling }, i) => {
    const bit = proof.steps.length - 1 - i;
    const right = (((path[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
    return right === (sibling === "left");
  });
}

/** Whether nothing stands on that side of these steps. */
function outermost(steps: Step[], side: Step["sibling"]): boolean {
  return steps.every(({ sibling, hash }) => sibling !== side || hash.every((byte) => byte === 0));
}

function before(a: Uint8Array, b: Uint8Array): boolean {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

/** The ways of two neighbours part at one node and run along its inner edges from there. */
function neighbours(left: Existence, right: Existence): boolean {
  const l = left.steps.slice();
  const r = right.steps.slice();
  for (;;) {
    const a = l.pop();
    const b = r.pop();
    if (!a || !b) return false;
    const same = a.sibling === b.sibling && a.hash.every((byte, i) => byte === b.hash[i]);
    if (same) continue;
    return (
      a.sibling === "right" &&
      b.sibling === "left" &&
      outermost(l, "right") &&
      outermost(r, "left")
    );
  }
}

/** Throws Refused unless nothing can lie between the neighbours, where the key would be. */
export function checkGap({ key, left, right }: Absence): void {
  const path = sha256(key);
  if (left && !before(sha256(left.key), path))
    throw new Refused("the left neighbour is not left");
  if (right && !before(path, sha256(right.key))) {
    throw new Refused("the right neighbour is not right");
  }
  if (!left && !(right && outermost(right.steps, "left"))) {
    throw new Refused("something may lie to the left of the first leaf");
  }
  if (!right && !(left && outermost(left.steps, "right"))) {
    throw new Refused("something may lie to the right of the last leaf");
  }
  if (left && right && !neighbours(left, right)) {
    throw new Refused("something may lie between the neighbours");
  }
}

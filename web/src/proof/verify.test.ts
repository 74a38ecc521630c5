// A proof is verified in the browser by code of its own, and one altered byte is refused
// (issue 3, must show 8).
import { ics23, verifyMembership } from "@confio/ics23";
import { expect, test } from "vitest";
import { evidenceIn, mirroredEvidenceIn } from "../../test/small_tree.ts";
import { flipped } from "../lib/bytes.ts";
import { decodeHeader } from "./header.ts";
import { holds, verify, type Evidence } from "./verify.ts";

const text = (value: string) => new TextEncoder().encode(value);

function judge(evidence: Evidence, key: string) {
  return verify(evidence, { key: text(key), chainId: "test-1" });
}

test("entries of trees of many sizes are shown", () => {
  for (const size of [1, 2, 3, 16, 100]) {
    const checks = judge(evidenceIn(size, "entry 0"), "entry 0");
    expect(checks.filter((check) => check.state !== "ok")).toEqual([]);
  }
});

test("absence is shown, at the ends too", () => {
  for (let i = 0; i < 40; i++) {
    const checks = judge(evidenceIn(3, `absent ${i}`), `absent ${i}`);
    expect(checks.find((c) => c.state !== "ok")).toBeUndefined();
  }
});

test("any altered byte of any part is refused", () => {
  for (const [size, key] of [
    [5, "entry 3"],
    [5, "nowhere"],
  ] as const) {
    const good = evidenceIn(size, key);
    for (const part of ["proof", "value", "header", "signature", "operatorKey"] as const) {
      const bytes = good[part];
      if (!bytes) continue;
      for (let at = 0; at < bytes.length; at++) {
        expect(holds(judge({ ...good, [part]: flipped(bytes, at) }, key))).toBe(false);
      }
    }
  }
});

test("a good proof of something else is refused", () => {
  const good = evidenceIn(5, "entry 3");
  expect(holds(judge(good, "entry 2"))).toBe(false);
  expect(holds(judge({ ...good, height: 8n }, "entry 3"))).toBe(false);
  expect(holds(verify(good, { key: text("entry 3"), chainId: "other" }))).toBe(false);
  const pinned = { key: text("entry 3"), chainId: "test-1", operatorKey: new Uint8Array(32) };
  expect(holds(verify(good, pinned))).toBe(false);
  const { value: _, ...withoutValue } = good;
  expect(holds(judge(withoutValue, "entry 3"))).toBe(false);
});

test("a missing neighbour does not show absence", () => {
  const whole = evidenceIn(40, "nowhere");
  expect(holds(judge(whole, "nowhere"))).toBe(true);
  const other = evidenceIn(41, "nowhere");
  expect(holds(judge({ ...whole, proof: other.proof }, "nowhere"))).toBe(false);
});

test("a leaf that does not lie where its key belongs is refused", () => {
  const checks = judge(mirroredEvidenceIn(5, "entry 3"), "entry 3");
  expect(checks.find(({ state }) => state === "refused")?.detail).toContain("does not lie");
});

test("the reference implementation of ICS-23 agrees", () => {
  const sha = ics23.HashOp.SHA256;
  const spec: ics23.IProofSpec = {
    leafSpec: {
      hash: sha,
      prehashKey: sha,
      prehashValue: sha,
      length: ics23.LengthOp.NO_PREFIX,
      prefix: Uint8Array.of(0),
    },
    innerSpec: {
      childOrder: [0, 1],
      childSize: 32,
      minPrefixLength: 1,
      maxPrefixLength: 1,
      emptyChild: new Uint8Array(32),
      hash: sha,
    },
    maxDepth: 256,
  };
  const { key, proof, header } = evidenceIn(9, "entry 4");
  const read = ics23.CommitmentProof.decode(proof);
  const root = decodeHeader(header).stateRoot;
  expect(verifyMembership(read, spec, root, key, text("4"))).toBe(true);
  expect(verifyMembership(read, spec, root, key, text("5"))).toBe(false);
});

// "Verify this proof": each step from a state entry to the operator's signature, checked here in
// the browser with nothing believed but the bytes and the expected chain and key.
import { fromBase64, fromHex, sameBytes } from "../lib/bytes.ts";
import { decodeProof, type Absence, type Existence } from "./decode.ts";
import { decodeHeader, signedBy, type Header } from "./header.ts";
import { trimmed } from "./light_block.ts";
import { lightSteps } from "./light_steps.ts";
import { refuseUnless, short, type Step } from "./steps.ts";
import type { TrustedSet } from "./trusted_set.ts";
import { checkGap, leafHash, liesOnItsPath, Refused, rootOf } from "./tree.ts";

/** The parts of GET /chain/{id}/state/{key} that matter, as bytes. */
export interface Evidence {
  key: Uint8Array;
  /** Absent: the entry is claimed not to exist. */
  value?: Uint8Array;
  height: bigint;
  proof: Uint8Array;
  header: Uint8Array;
  signature: Uint8Array;
  operatorKey: Uint8Array;
  /** Where validators sign, in place of header and signature. */
  light?: Uint8Array;
}

export interface StateAnswer {
  key: string;
  value: string | null;
  height: number;
  proof: { ics23: string };
  header_bytes: string;
  signature: string;
  operator_key: string;
  light_block?: string | null;
}

export function evidenceOf(answer: StateAnswer): Evidence {
  return {
    key: fromHex(answer.key),
    ...(answer.value === null ? {} : { value: fromBase64(answer.value) }),
    height: BigInt(answer.height),
    proof: fromBase64(answer.proof.ics23),
    header: fromBase64(answer.header_bytes),
    signature: fromBase64(answer.signature),
    operatorKey: fromHex(answer.operator_key),
    ...(answer.light_block ? { light: trimmed(fromBase64(answer.light_block)) } : {}),
  };
}

/** What the reader wants shown, known from elsewhere than the answer. */
export interface Expected {
  key: Uint8Array;
  chainId: string;
  /** The operator's key as this browser first saw it. */
  operatorKey?: Uint8Array;
  /** The validators that this browser trusts, where validators sign. */
  trusted?: TrustedSet;
}

export interface Check {
  title: string;
  state: "ok" | "refused" | "not_reached";
  /** What was found, or why it was refused. */
  detail: string;
}

function checkClaim(proof: Existence | Absence, found: Evidence, expected: Expected): string {
  refuseUnless(sameBytes(proof.key, expected.key), "it is about another key");
  if (proof.kind === "absence") {
    refuseUnless(found.value === undefined, "it shows that the entry is absent");
    return "the proof says that no such entry exists";
  }
  refuseUnless(found.value !== undefined, "it shows that the entry exists");
  refuseUnless(sameBytes(proof.value, found.value ?? proof.key), "it is about another value");
  return `the proof is about this key and these ${proof.value.length} bytes`;
}

function climb(proof: Existence | Absence): { root: Uint8Array; detail: string } {
  const leaves = proof.kind === "existence" ? [proof] : [proof.left, proof.right];
  const there = leaves.filter((leaf) => leaf !== undefined);
  const roots = there.map((leaf) => {
    refuseUnless(liesOnItsPath(leaf), "a leaf does not lie where its key belongs");
    return rootOf(leaf);
  });
  const [root, other] = roots;
  if (!root) throw new Refused("it names no neighbour");
  refuseUnless(!other || sameBytes(root, other), "the neighbours lead to different roots");
  if (proof.kind === "absence") checkGap(proof);
  const hashes = there.reduce((sum, leaf) => sum + leaf.steps.length, 0);
  return { root, detail: `${hashes} hashes lead to ${short(root)}` };
}

/** From the operator's header to its signature. */
function operatorSteps(found: Evidence, expected: Expected, root: () => Uint8Array): Step[] {
  let header: Header;
  return [
    [
      "The block header carries that root",
      () => {
        header = decodeHeader(found.header);
        refuseUnless(
          sameBytes(header.stateRoot, root()),
          `it carries ${short(header.stateRoot)}`,
        );
        return `state_root in the ${found.header.length} header bytes is the same`;
      },
    ],
    [
      "The header is of this chain and height",
      () => {
        refuseUnless(header.chainId === expected.chainId, `it is of "${header.chainId}"`);
        refuseUnless(header.height === found.height + 1n, `it is block ${header.height}`);
        return `${header.chainId}, block ${header.height}: state after block ${found.height}`;
      },
    ],
    [
      "The chain's operator proposed it",
      () => {
        const known = expected.operatorKey ?? found.operatorKey;
        refuseUnless(
          sameBytes(found.operatorKey, known),
          "this browser knows another operator key",
        );
        refuseUnless(sameBytes(header.proposerKey, known), "another key proposed it");
        return `key ${short(known)}`;
      },
    ],
    [
      "The operator's Ed25519 signature is valid",
      () => {
        const good = signedBy(header.proposerKey, found.header, found.signature);
        refuseUnless(good, "these bytes were not signed by that key");
        return `${found.signature.length} bytes over SHA-256("cambium/header/v1" ‖ header)`;
      },
    ],
  ];
}

/** All checks in order; after the first refusal the rest is not reached. */
export function verify(found: Evidence, expected: Expected): Check[] {
  let proof: Existence | Absence;
  let root: Uint8Array;
  const steps: Step[] = [
    [
      "The proof is one canonical ICS-23 proof",
      () => {
        proof = decodeProof(found.proof);
        return `${found.proof.length} bytes, proof of ${proof.kind}`;
      },
    ],
    ["It is about this entry", () => checkClaim(proof, found, expected)],
    [
      "Key and value hash to a leaf",
      () =>
        proof.kind === "existence"
          ? `SHA-256 leaf ${short(leafHash(proof))}`
          : "both neighbours of the gap are hashed instead",
    ],
    [
      "The leaf leads to a root",
      () => {
        const climbed = climb(proof);
        root = climbed.root;
        return climbed.detail;
      },
    ],
    ...(found.light
      ? lightSteps(found, expected, () => root)
      : operatorSteps(found, expected, () => root)),
  ];
  return walked(steps);
}

function walked(steps: Step[]): Check[] {
  let failed = false;
  return steps.map(([title, run]) => {
    if (failed) return { title, state: "not_reached", detail: "" };
    try {
      return { title, state: "ok", detail: run() };
    } catch (error) {
      failed = true;
      const detail = error instanceof Error ? error.message : "refused";
      return { title, state: "refused", detail };
    }
  });
}

export function holds(checks: Check[]): boolean {
  return checks.every(({ state }) => state === "ok");
}

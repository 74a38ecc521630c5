// What a network of real validators answered, verified by code that shares nothing with the node's:
// CometBFT's hashes and votes, then the state under them. Any altered byte is refused, and a set
// that changed is followed only when enough of the trusted power signed (B/CONS-02, H/CS-04).
import { expect, test } from "vitest";
import recorded from "../../test/fixtures/light_answers.json";
import { flipped, fromBase64, fromHex } from "../lib/bytes.ts";
import { lightBlock, type Says } from "../../test/small_validators.ts";
import { decodeLightBlock, trimmed } from "./light_block.ts";
import { readSet, setOf, writeSet, type TrustedSet } from "./trusted_set.ts";
import { countVotes } from "./votes.ts";
import { evidenceOf, holds, verify, type Evidence, type StateAnswer } from "./verify.ts";

type Answer = StateAnswer & { label: string };
const BEFORE = recorded.before as Answer[];
const AFTER = recorded.after as Answer[];
const ANSWERS = [...BEFORE, ...AFTER].map((answer) => [answer.label, answer] as const);

const blockOf = (answer: Answer) =>
  decodeLightBlock(trimmed(fromBase64(answer.light_block ?? "")));
const trustedAt = (answer: Answer) => setOf(blockOf(answer));

function judge(evidence: Evidence, key: string, trusted: TrustedSet) {
  return verify(evidence, { key: fromHex(key), chainId: recorded.chain_id, trusted });
}
const refusal = (evidence: Evidence, key: string, trusted: TrustedSet) =>
  judge(evidence, key, trusted).find(({ state }) => state === "refused")?.detail;

test("there are entries, an absence and a vote that is missing", () => {
  expect(BEFORE.some(({ value }) => value === null)).toBe(true);
  expect(BEFORE.some(({ value }) => value !== null)).toBe(true);
  const votes = ANSWERS.flatMap(([, answer]) => blockOf(answer).commit.votes);
  expect(votes.some(({ flag }) => flag === "absent")).toBe(true);
});

test.each(ANSWERS)("%s: every step holds", (_, answer) => {
  const checks = judge(evidenceOf(answer), answer.key, trustedAt(answer));
  expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
  expect(checks).toHaveLength(10);
});

test.each(ANSWERS.slice(0, 1))("%s: any altered byte is refused", (_, answer) => {
  const good = evidenceOf(answer);
  const trusted = trustedAt(answer);
  const believed: string[] = [];
  for (const part of ["light", "proof", "value"] as const) {
    const bytes = good[part] ?? new Uint8Array();
    for (let at = 0; at < bytes.length; at++) {
      const spoilt = { ...good, [part]: flipped(bytes, at) };
      if (holds(judge(spoilt, answer.key, trusted))) believed.push(`${part} byte ${at}`);
    }
  }
  expect(believed).toEqual([]);
});

test("a set that changed is followed from the one before", () => {
  const [first, later] = [BEFORE[0]!, AFTER[0]!];
  expect(String(blockOf(first).validatorsHash)).not.toBe(String(blockOf(later).validatorsHash));
  expect(holds(judge(evidenceOf(later), later.key, trustedAt(first)))).toBe(true);
});

test("strangers' votes are not followed, nor an older set, nor one from long ago", () => {
  const [first, later] = [BEFORE[0]!, AFTER[0]!];
  const trusted = trustedAt(first);
  const stranger = { key: new Uint8Array(32), power: 10n ** 9n };
  const others = { ...trusted, members: [...trusted.members, stranger] };
  expect(refusal(evidenceOf(later), later.key, others)).toContain(
    "power that this browser trusts",
  );
  expect(refusal(evidenceOf(first), first.key, trustedAt(later))).toContain(
    "knew other validators",
  );
  const old = { ...trusted, timeMs: trusted.timeMs - 15 * 86_400_000 };
  expect(refusal(evidenceOf(later), later.key, old)).toContain("14 d ago");
});

const SMALL = new Uint8Array(32).fill(7);
function counted(members: [bigint, Says][]): string {
  try {
    const { signed, total } = countVotes(decodeLightBlock(lightBlock(SMALL, members)));
    return signed * 3n > total * 2n ? "enough" : "too few";
  } catch (error) {
    return String((error as Error).message);
  }
}

test.each<[string, [bigint, Says][]]>([
  ["enough", [[10n, "commit"]]],
  [
    "enough",
    [
      [10n, "commit"],
      [10n, "commit"],
      [10n, "commit"],
      [10n, "absent"],
    ],
  ],
  [
    "too few",
    [
      [10n, "commit"],
      [10n, "commit"],
      [10n, "absent"],
    ],
  ],
  [
    "too few",
    [
      [10n, "commit"],
      [10n, "commit"],
      [10n, "nil"],
    ],
  ],
  [
    "enough",
    [
      [1n, "absent"],
      [1n, "nil"],
      [100n, "commit"],
    ],
  ],
  [
    "the vote of validator 2 is forged",
    [
      [10n, "commit"],
      [10n, "forged"],
      [10n, "commit"],
    ],
  ],
  [
    "a number is missing or zero",
    [
      [10n, "commit"],
      [0n, "commit"],
    ],
  ],
])("votes are counted: %s", (expected, members) => {
  expect(counted(members)).toBe(expected);
});

test("a good answer about something else is refused", () => {
  const [first, second] = [BEFORE[0]!, BEFORE[1]!];
  const trusted = trustedAt(first);
  expect(holds(judge(evidenceOf(first), second.key, trusted))).toBe(false);
  const elsewhere = { key: fromHex(first.key), chainId: "other", trusted };
  expect(holds(verify(evidenceOf(first), elsewhere))).toBe(false);
  const { light: _, ...unsigned } = evidenceOf(first);
  expect(holds(judge(unsigned, first.key, trusted))).toBe(false);
});

test("a set survives the browser's storage", () => {
  const set = trustedAt(BEFORE[0]!);
  expect(readSet(writeSet(set))).toEqual(set);
  for (const text of [null, "", "1", "1 2", "1 2 zz:3", "1 2 00:x"]) {
    expect(readSet(text)).toBeUndefined();
  }
});

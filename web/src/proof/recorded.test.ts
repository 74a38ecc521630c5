// What a running node answered: made by the C++ tree, encoder and signer, verified here by code
// that shares nothing with them (issue 3, must show 8).
import { expect, test } from "vitest";
import recorded from "../../test/fixtures/state_answers.json";
import { flipped, fromHex } from "../lib/bytes.ts";
import { evidenceOf, holds, verify, type Evidence } from "./verify.ts";

const ANSWERS = recorded.answers.map((answer) => [answer.label, answer] as const);

function judge(evidence: Evidence, key: string) {
  return verify(evidence, {
    key: fromHex(key),
    chainId: recorded.chain_id,
    operatorKey: evidenceOf(ANSWERS[0]![1]).operatorKey,
  });
}

test("there are entries and absences", () => {
  expect(recorded.answers.some(({ value }) => value === null)).toBe(true);
  expect(recorded.answers.some(({ value }) => value !== null)).toBe(true);
});

test.each(ANSWERS)("%s: every step holds", (_, answer) => {
  const checks = judge(evidenceOf(answer), answer.key);
  expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
});

test.each(ANSWERS)("%s: any altered byte is refused", (_, answer) => {
  const good = evidenceOf(answer);
  const believed: string[] = [];
  for (const part of ["proof", "value", "header", "signature", "operatorKey", "key"] as const) {
    const bytes = good[part] ?? new Uint8Array();
    for (let at = 0; at < bytes.length; at++) {
      const spoilt = { ...good, [part]: flipped(bytes, at) };
      // An asked key that differs from the answered one stands for an altered answer.
      const asked = part === "key" ? flipped(bytes, at) : bytes;
      const key = part === "key" ? Buffer.from(asked).toString("hex") : answer.key;
      if (holds(judge(spoilt, key))) believed.push(`${part} byte ${at}`);
    }
  }
  expect(believed).toEqual([]);
});

// Validators in order, in words and as a ring (B/API-10, H/CS-04).
import { expect, test } from "vitest";
import type { ValidatorRow } from "../../api/consensus.ts";
import { sectors } from "./power_ring.tsx";
import { stateText } from "./validator_state.tsx";
import { byPower } from "./validators_page.tsx";

const row = (
  moniker: string,
  power: number,
  fields: Partial<ValidatorRow> = {},
): ValidatorRow => ({
  operator: `cbm1${moniker}`,
  consensus_address: "",
  moniker,
  status: "ACTIVE",
  level: "ENTRY",
  power: String(power),
  tokens_ucbm: String(power * 1_000_000),
  self_bond_ucbm: "0",
  commission_nano: "0",
  jailed_until_ms: "0",
  key_revoked: false,
  slashes: "0",
  missed: "0",
  blocks: "0",
  uptime_nano: "0",
  absent_since_ms: "0",
  ...fields,
});

test("active ones come first, the strongest before the weaker", () => {
  const rows = [
    row("c", 1),
    row("j", 9, { status: "JAILED" }),
    row("a", 3),
    row("w", 2, { status: "WAITING" }),
  ];
  expect(byPower(rows).map(({ moniker }) => moniker)).toEqual(["a", "c", "w", "j"]);
});

test.each<[number[], number]>([
  [[1], 1],
  [[1, 1, 1], 2],
  [[1, 1, 1, 1], 2],
  [[40, 30, 30], 1],
  [Array.from({ length: 10 }, () => 1), 4],
])("of %j it takes %d to stop the chain", (powers, stop) => {
  const ring = sectors(powers.map((power, i) => row(String(i), power)));
  expect(ring.stop).toBe(stop);
  expect(ring.sectors.at(-1)?.to).toBeCloseTo(1, 4);
});

test("a state is one word, and how long it lasts", () => {
  const jailed = { status: "JAILED", jailed_until_ms: String(30 * 86_400_000) } as const;
  expect(stateText(row("a", 1), 0)).toEqual(["active", "good"]);
  expect(stateText(row("a", 1, { absent_since_ms: "5" }), 9)).toEqual(["silent", "bad"]);
  expect(stateText(row("a", 1, jailed), 0)[0]).toBe("jailed, 30 d 0 h");
  expect(stateText(row("a", 1, { ...jailed, key_revoked: true }), 0)[0]).toMatch(/^key revoked/);
  expect(stateText(row("a", 1, jailed), 31 * 86_400_000)[0]).toContain("may return");
});

// What the staking page offers, and times and shares as it says them (H/CS-03).
import { expect, test } from "vitest";
import type { Stake, ValidatorRow } from "../../api/consensus.ts";
import type { Holdings } from "../../api/holdings.ts";
import { passed, spanText, untilText } from "../../lib/countdown.ts";
import { nanoPercent, share } from "../../lib/share.ts";
import { coinParts } from "../account/holdings_view.tsx";
import { isAddress } from "./my_account.ts";
import { deeds } from "./staking_page.tsx";

const NOTHING: Stake = {
  address: "cbm1a",
  delegations: [],
  unbondings: [],
  redelegations: [],
  rewards_ucbm: "0",
  commission_ucbm: "0",
  withdraw_to: "cbm1a",
};
const part = { amount_ucbm: "5000000", locked_ucbm: "0", rewards_ucbm: "7" };
const named = (...names: string[]) =>
  new Map(names.map((name) => [`cbm1${name}`, { moniker: name } as ValidatorRow]));

test("only what is possible is offered, with real names", () => {
  expect(deeds(NOTHING, named("a", "b"))).toEqual([]);
  const lines = deeds(
    { ...NOTHING, rewards_ucbm: "7", delegations: [{ validator: "cbm1b", ...part }] },
    named("a", "b"),
  ).map(({ words }) => words);
  expect(lines).toEqual([
    "stake withdraw",
    "stake delegate b 10",
    "stake undelegate b 10",
    "stake redelegate b a 10",
  ]);
});

test("coins add up to all that one has", () => {
  const { total, parts } = coinParts({
    token: { amount: "100", held: "10", vesting: "20", spendable: "70" },
    stake: { items: [{ validator: "cbm1b", ...part, amount_ucbm: "50" }], total_ucbm: "5" },
    unbondings: { items: [{ validator: "cbm1b", id: "1", amount_ucbm: "45", matures_ms: "0" }] },
  } as unknown as Holdings);
  expect(total).toBe(200n);
  expect(parts.reduce((all, { share }) => all + share, 0)).toBeCloseTo(1, 5);
  expect(parts.map(({ name }) => name)).toContain("held or vesting");
});

test("times are said in two units, spans in one", () => {
  expect(untilText(90_061_000, 0)).toBe("1 d 1 h");
  expect(untilText(3_661_000, 0)).toBe("1 h 1 min");
  expect(untilText(61_000, 0)).toBe("1 min 1 s");
  expect(untilText(0, 5)).toBe("now");
  expect(spanText(129_600_000)).toBe("36 h");
  expect(spanText(1500)).toBe("1500 ms");
  expect(passed(0, 100, 25)).toBe(0.25);
  expect(passed(0, 0, 5)).toBe(1);
});

test("shares are exact where they are said", () => {
  expect(nanoPercent("334000000")).toBe("33.4 %");
  expect(nanoPercent("1000000000")).toBe("100 %");
  expect(nanoPercent("0")).toBe("0 %");
  expect(share("1", "3")).toBeCloseTo(1 / 3, 5);
  expect(share("5", "0")).toBe(0);
});

test("an address is told from what is none", () => {
  expect(isAddress("cbm12t8vxatzjfg3dm5d4dmzeamjpepr9dc93fulcz")).toBe(true);
  for (const wrong of ["", "cbm1", "cbm12t8vxatzjfg3dm5d4dmzeamjpepr9dc93fulc", "0x00"]) {
    expect(isAddress(wrong)).toBe(false);
  }
});

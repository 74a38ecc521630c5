// Votes as they are drawn and judged (H/GO-01, B/CONS-06): the chain's own rule, in the browser.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Action, Proposal, Sums } from "../../api/consensus.ts";
import { actionText, paramText } from "./action_view.tsx";
import { typed } from "./params_page.tsx";
import { Tally } from "./tally.tsx";
import { standing, verdict } from "./tracks.ts";

const RULE = {
  quorum_nano: "334000000",
  threshold_nano: "500000000",
  veto_nano: "334000000",
};
const sums = (yes: number, no: number, abstain = 0, veto = 0, electorate = 1000): Sums => ({
  yes: String(yes),
  no: String(no),
  abstain: String(abstain),
  veto: String(veto),
  electorate: String(electorate),
});

test.each<[string, Sums]>([
  ["too few have voted", sums(0, 0)],
  ["too few have voted", sums(333, 0)],
  ["would pass", sums(334, 0)],
  ["would pass", sums(201, 199, 500)],
  ["would be rejected", sums(200, 200)],
  ["would be rejected", sums(300, 200, 0, 100)],
  ["would be vetoed", sums(600, 0, 0, 400)],
])("as it stands: %s", (expected, votes) => {
  expect(verdict(standing(votes, RULE))[0]).toBe(expected);
});

const proposal = (fields: Partial<Proposal>): Proposal => ({
  id: "1",
  track: "TRACK_STAKE",
  proposer: "cbm1",
  title: "t",
  summary: "",
  actions: [],
  status: "STATUS_VOTING",
  deposit_ucbm: "0",
  depositors: 0,
  submitted_ms: "0",
  voting_start_ms: "0",
  voting_end_ms: "0",
  rule: RULE,
  required_votes: 0,
  failure: 0,
  failed_action: 0,
  decided_ms: "0",
  expires_ms: "0",
  ...fields,
});
const drawn = (of: Proposal) => renderToStaticMarkup(<Tally proposal={of} full />);

test("a vote of stake says how many voted and how many of them agree", () => {
  const html = drawn(proposal({ so_far: sums(400_000_000, 100_000_000, 0, 0, 1_000_000_000) }));
  expect(html).toContain("50.0 % have voted, 80.0 % of them in favour");
  expect(html).toContain("400 CBM");
});

test("an emergency is drawn seat by seat, with a line after the last vote needed", () => {
  const html = drawn(
    proposal({ track: "TRACK_SECURITY", sums: sums(1, 0, 0, 0, 4), required_votes: 3 }),
  );
  expect(html).toContain("1 of 4 validators in favour, 3 needed");
  expect(html.match(/rounded-full border/g)).toHaveLength(4);
});

test("what a proposal does reads as a sentence", () => {
  const text = (action: object) => actionText(action as Action);
  const param = { module: "staking", field: "unbonding_ms", value_json: '"1209600000"' };
  expect(text({ param })).toBe("Set staking: unbonding to 14 d");
  expect(text({ pause: { messages: ["bank.Send"], duration_ms: "7200000" } })).toBe(
    "Pause bank.Send for 2 h",
  );
  expect(text({ pause: { duration_ms: "0" } })).toContain("everything but governance");
  expect(text({ message: "00", decoded: { type: "bank.Send", value: {} } })).toContain(
    "bank.Send as the governance account",
  );
  expect(text({ message: "00", decoded: null })).toContain("does not know");
  expect(text({ upgrade: { name: "n", height: "5000", rules_version: 2 } })).toContain("rules 2");
});

test("parameters are shown and typed in their own units", () => {
  expect(paramText("unbonding_ms", "1814400000")).toBe("21 d");
  expect(paramText("yield_nano", "80000000")).toBe("8 %");
  expect(paramText("entry_ucbm", "10000000000")).toBe("10\u202f000 CBM");
  expect(paramText("min_base_fee_nano_ucbm", "1000000")).toBe("0.001 ucbm");
  expect(typed("entry_ucbm", "7")).toBe("7ucbm");
  expect(typed("yield_nano", "75000000")).toBe("0.075");
  expect(typed("max_validators", "150")).toBe("150");
});

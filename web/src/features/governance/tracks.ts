// Electorates and outcomes in words.
import type { Proposal, Sums } from "../../api/consensus.ts";
import { share } from "../../lib/share.ts";

export const TRACKS: Record<string, { name: string; who: string; counts: string }> = {
  TRACK_STAKE: {
    name: "stake",
    who: "bonded coins vote; a validator votes for those who do not",
    counts: "CBM",
  },
  TRACK_TIER: { name: "tier", who: "nodes vote with one, two or three votes", counts: "votes" },
  TRACK_SECURITY: {
    name: "security emergency",
    who: "two thirds of the validators",
    counts: "validators",
  },
  TRACK_CONSENSUS: {
    name: "consensus emergency",
    who: "80 % of the validators",
    counts: "validators",
  },
  TRACK_ECONOMIC: {
    name: "economic emergency",
    who: "75 % of the validators",
    counts: "validators",
  },
};

export const isEmergency = (track: string) => track !== "TRACK_STAKE" && track !== "TRACK_TIER";

export const isOpen = (proposal: Proposal) =>
  ["STATUS_DEPOSIT", "STATUS_VOTING", "STATUS_TALLYING"].includes(proposal.status);

/** The count as it stands: made by the chain at the end, by the node until then. */
export const sumsOf = (proposal: Proposal): Sums =>
  proposal.so_far ??
  proposal.sums ?? { yes: "0", no: "0", abstain: "0", veto: "0", electorate: "0" };

/** What a vote would come to if it ended now, by the chain's own rule. */
export interface Standing {
  turnout: number;
  /** Yes of yes, no and veto. */
  approval: number;
  veto: number;
  quorumMet: boolean;
  approved: boolean;
  vetoed: boolean;
}

export function standing({ yes, no, abstain, veto, electorate }: Sums, rule: Proposal["rule"]) {
  const big = (text: string) => BigInt(text);
  const decided = big(yes) + big(no) + big(veto);
  const cast = decided + big(abstain);
  const bar = (nano: string | undefined) => Number(nano ?? 0) / 1e9;
  const turnout = share(cast, electorate);
  const approval = share(yes, decided);
  const vetoShare = share(veto, cast);
  return {
    turnout,
    approval,
    veto: vetoShare,
    quorumMet: cast > 0n && turnout >= bar(rule.quorum_nano),
    approved: approval > bar(rule.threshold_nano),
    vetoed: rule.veto_nano !== undefined && veto !== "0" && vetoShare >= bar(rule.veto_nano),
  } satisfies Standing;
}

/** The same in a sentence. */
export function verdict(is: Standing): [string, "good" | "bad" | "calm"] {
  if (!is.quorumMet) return ["too few have voted", "calm"];
  if (is.vetoed) return ["would be vetoed", "bad"];
  return is.approved ? ["would pass", "good"] : ["would be rejected", "bad"];
}

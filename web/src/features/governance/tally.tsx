// Votes drawn for each electorate: a bar of coins or votes with its marks, or one seat a validator.
import type { Proposal, Sums } from "../../api/consensus.ts";
import { cbm, grouped } from "../../lib/money.ts";
import { nanoPercent, share } from "../../lib/share.ts";
import { percent } from "../../lib/format.ts";
import { Legend, StackedBar, type Part } from "../../ui/bars.tsx";
import { isEmergency, standing, sumsOf, TRACKS } from "./tracks.ts";

export function Tally({ proposal, full = false }: { proposal: Proposal; full?: boolean }) {
  const sums = sumsOf(proposal);
  if (isEmergency(proposal.track)) {
    return <Seats sums={sums} needed={proposal.required_votes} />;
  }
  return <Bars proposal={proposal} sums={sums} full={full} />;
}

const CHOICES = [
  ["yes", "bg-green"],
  ["no", "bg-warn"],
  ["veto", "hatched"],
  ["abstain", "bg-edge"],
] as const;

function partsOf(sums: Sums, whole: bigint, coins: boolean): Part[] {
  return CHOICES.map(([name, look]) => ({
    name,
    look,
    share: share(sums[name], whole),
    text: coins ? `${cbm(sums[name])} CBM` : grouped(sums[name]),
  }));
}

function Bars({ proposal, sums, full }: { proposal: Proposal; sums: Sums; full: boolean }) {
  const { rule, track } = proposal;
  const coins = TRACKS[track]?.counts === "CBM";
  const cast = CHOICES.reduce((all, [name]) => all + BigInt(sums[name]), 0n);
  const whole = sums.electorate === "0" ? cast : BigInt(sums.electorate);
  const is = standing(sums, rule);
  const quorum = rule.quorum_nano ? Number(rule.quorum_nano) / 1e9 : 0;
  const parts = partsOf(sums, whole, coins);
  return (
    <div className="space-y-2">
      <StackedBar
        parts={parts}
        marks={sums.electorate === "0" ? [] : [{ at: quorum, name: "quorum" }]}
        label={`${percent(is.turnout)} have voted, ${percent(is.approval)} of them in favour`}
      />
      {full && <Legend parts={parts} />}
      <p className="tabular flex flex-wrap gap-x-5 text-xs text-soft">
        <span>
          <b className={is.quorumMet ? "text-green" : "text-ink"}>{percent(is.turnout)}</b> voted,
          the mark is at {nanoPercent(rule.quorum_nano ?? "0")}
        </span>
        <span>
          <b className={is.approved ? "text-green" : "text-ink"}>{percent(is.approval)}</b> in
          favour, more than {nanoPercent(rule.threshold_nano ?? "0")} needed
        </span>
        {rule.veto_nano && sums.veto !== "0" && (
          <span>
            <b className={is.vetoed ? "text-warn" : "text-ink"}>{percent(is.veto)}</b> veto,{" "}
            {nanoPercent(rule.veto_nano)} stop it
          </span>
        )}
      </p>
    </div>
  );
}

/** One seat a validator; those in favour first, a line after the last one that is needed. */
function Seats({ sums, needed }: { sums: Sums; needed: number }) {
  const yes = Number(sums.yes);
  const seats = Math.max(Number(sums.electorate), needed);
  return (
    <div className="space-y-2">
      <div
        className="flex flex-wrap items-center gap-1"
        role="img"
        aria-label={`${yes} of ${seats} validators in favour, ${needed} needed`}
      >
        {Array.from({ length: Math.min(seats, 100) }, (_, seat) => (
          <span key={seat} className="flex items-center gap-1">
            <span
              className={`size-3.5 rounded-full border ${
                seat < yes ? "border-green bg-green" : "border-edge bg-transparent"
              }`}
            />
            {seat + 1 === needed && seat + 1 < seats && <span className="h-5 w-0.5 bg-ink" />}
          </span>
        ))}
      </div>
      <p className="tabular text-xs text-soft">
        <b className={yes >= needed ? "text-green" : "text-ink"}>{yes}</b> of {seats} validators
        in favour, {needed} needed
      </p>
    </div>
  );
}

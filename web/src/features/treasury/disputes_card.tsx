import type { Dispute, Treasury } from "../../api/treasury.ts";
import { cbm } from "../../lib/money.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Until } from "../../ui/until.tsx";
import { Who, type Names } from "../network/who.tsx";

const STEP: Record<string, string> = {
  DISPUTE_STATUS_DRAWING: "its panel is being drawn",
  DISPUTE_STATUS_RULING: "arbitrators rule",
  DISPUTE_STATUS_APPEALABLE: "may be appealed",
  DISPUTE_STATUS_FINAL: "final",
};

/** Refused or ignored work, before arbitrators. */
export function DisputesCard({
  items,
  names,
  now,
}: {
  items: Treasury["disputes"];
  names: Names;
  now: number;
}) {
  return (
    <Card title="Disputes">
      <ul className="divide-y divide-line">
        {items.map(({ id, dispute }) => (
          <li key={id} className="space-y-2 px-4 py-3 text-sm">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="min-w-0 flex-1">
                <span className="tabular mr-2 text-soft">{id}</span>
                <Who address={dispute.claimant} names={names} /> about bounty {dispute.bounty}
              </span>
              <Badge tone={dispute.status.endsWith("FINAL") ? "calm" : "good"}>
                {STEP[dispute.status] ?? dispute.status}
              </Badge>
            </p>
            <p className="break-words">{dispute.reason}</p>
            <Panel of={dispute} now={now} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A seat an arbitrator: for the claimant, against, or not yet. */
function Panel({ of, now }: { of: Dispute; now: number }) {
  const [yes, no] = [of.for_claimant?.length ?? 0, of.against?.length ?? 0];
  const look = (seat: number) =>
    seat < yes
      ? "border-green bg-green"
      : seat < yes + no
        ? "border-warn bg-warn"
        : "border-edge";
  return (
    <p className="tabular flex flex-wrap items-center gap-x-4 text-soft">
      <span
        className="flex gap-1"
        role="img"
        aria-label={`${yes} for the claimant, ${no} against, of ${of.seats}`}
      >
        {Array.from({ length: of.seats }, (_, seat) => (
          <span key={seat} className={`size-3 rounded-full border ${look(seat)}`} />
        ))}
      </span>
      <span>
        {yes} for, {no} against, round {of.round}
      </span>
      {of.status.endsWith("FINAL") ? (
        <span>{of.claimant_won ? "the claimant won" : "the claimant lost"}</span>
      ) : (
        <span>
          <Until ms={Number(of.due_ms)} now={now} past="due" /> left
        </span>
      )}
      <span>{cbm(of.deposit_ucbm)} CBM deposit</span>
    </p>
  );
}

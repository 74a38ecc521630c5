import type { Evaluation } from "../../api/models.ts";
import { brief, gain, words } from "../../lib/format.ts";
import { cbm } from "../../lib/money.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Empty } from "../../ui/states.tsx";
import { accountHref } from "../explorer/links.ts";
import { VerdictTable } from "./verdict_table.tsx";

export function EvaluationsCard({ items }: { items: Evaluation[] }) {
  return (
    <Card title="Proof of Learning" aside={`${items.length} candidates`}>
      {items.length === 0 && (
        <Empty title="No candidate yet">
          Every expert that is offered appears here with its numbers, the refused ones too.
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li key={item.id}>
            <Candidate item={item} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function outcome(status: string): [string, Tone] {
  const word = words(status, "CANDIDATE_STATUS_");
  if (word === "accepted") return [word, "good"];
  return word === "rejected" || word === "refused" ? ["refused", "bad"] : [word, "calm"];
}

function why(item: Evaluation): string {
  const reason = words(item.reason ?? "", "REASON_");
  return reason === "none" ? "" : reason;
}

function Candidate({ item }: { item: Evaluation }) {
  const [word, tone] = outcome(item.status);
  return (
    <details className="group">
      <summary
        className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-3 text-sm
        hover:bg-sunk"
      >
        <span className="tabular text-soft">#{item.id}</span>
        <span className="min-w-0 flex-1 font-medium break-words">
          {item.expert ? brief(item.expert, 40, 12) : "not revealed"}
        </span>
        {why(item) && <span className="text-warn">{why(item)}</span>}
        <Badge tone={tone}>{word}</Badge>
      </summary>
      <div className="space-y-3 px-4 pb-4 text-sm">
        <p className="tabular flex flex-wrap gap-x-4 text-soft">
          <span>
            by <Hash value={item.account} href={accountHref("compute-0", item.account)} />
          </span>
          <span>opened at block {item.opened_height}</span>
          {item.decided_height > 0 && <span>decided at {item.decided_height}</span>}
          {item.reward_ucbm && item.reward_ucbm !== "0" && (
            <span className="text-green">earned {cbm(item.reward_ucbm)} CBM</span>
          )}
        </p>
        <Limit item={item} />
        {item.slices.length > 0 ? (
          <VerdictTable slices={item.slices} />
        ) : (
          <p className="text-soft">It was not measured: the gate before it refused.</p>
        )}
        {item.committee.length > 0 && (
          <p className="text-soft">
            Committee:{" "}
            {item.committee.map((seat) => (
              <span key={seat.account} className="mr-3">
                <Hash value={seat.account} href={accountHref("compute-0", seat.account)} />{" "}
                {seat.revealed ? "revealed" : seat.committed ? "committed" : "drawn"}
              </span>
            ))}
          </p>
        )}
      </div>
    </details>
  );
}

/** The number that decided, when the chain names it. */
function Limit({ item }: { item: Evaluation }) {
  if (!item.measured_nano || !why(item)) return item.detail ? <p>{item.detail}</p> : null;
  return (
    <p className="tabular">
      {item.slice && (
        <>
          On <b>{item.slice}</b>:{" "}
        </>
      )}
      measured {gain(item.measured_nano)}, limit {gain(item.limit_nano ?? 0)} nats/token.{" "}
      {item.detail}
    </p>
  );
}

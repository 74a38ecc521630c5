import type { Evaluation } from "../../api/models.ts";
import { gain, words } from "../../lib/format.ts";
import { cbm } from "../../lib/money.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Empty } from "../../ui/states.tsx";
import { accountHref } from "../explorer/links.ts";
import { VerdictTable } from "./verdict_table.tsx";

export function EvaluationsCard({ items }: { items: Evaluation[] }) {
  const newest = items.toSorted((a, b) => Number(b.id) - Number(a.id));
  return (
    <Card title="Proof of Learning" aside={`${items.length} candidates`}>
      {items.length === 0 && (
        <Empty title="No candidate yet">
          Every expert that is offered appears here with its numbers, the refused ones too.
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {newest.map((item) => (
          <li key={item.id}>
            <Candidate item={item} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function outcome(status: string): [string, Tone] {
  if (status === "accepted") return ["accepted", "good"];
  return status === "rejected" ? ["refused", "bad"] : [words(status), "calm"];
}

/** "layer0.expert4, layer1.expert4" -> "layer0–1.expert4": a bundle has one expert a layer. */
export function bundleName(experts: string[]): string {
  const slots = new Set(experts.map((name) => name.split(".")[1]));
  const layers = experts.map((name) => name.split(".")[0]?.replace("layer", ""));
  if (experts.length < 2 || slots.size !== 1) return experts.join(", ") || "not revealed";
  return `layer${layers[0]}–${layers.at(-1)}.${[...slots][0]}`;
}

function Candidate({ item }: { item: Evaluation }) {
  const [word, tone] = outcome(item.status);
  return (
    <details>
      <summary
        className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-3 text-sm
          hover:bg-sunk"
      >
        <span className="tabular text-soft">#{item.id}</span>
        <span className="min-w-0 flex-1 font-medium break-words">{bundleName(item.experts)}</span>
        {item.reason && <span className="text-warn">{words(item.reason)}</span>}
        <Badge tone={tone}>{word}</Badge>
      </summary>
      <div className="space-y-3 px-4 pb-4 text-sm">
        <Origin item={item} />
        <Decision item={item} />
        {item.slices.length > 0 ? (
          <VerdictTable slices={item.slices} />
        ) : (
          <p className="text-soft">No slice was measured.</p>
        )}
        <Committee of={item.committee} />
      </div>
    </details>
  );
}

function Origin({ item }: { item: Evaluation }) {
  return (
    <p className="tabular flex flex-wrap gap-x-4 text-soft">
      <span>
        by <Account of={item.account} />
      </span>
      {item.target_slice && <span>to help “{item.target_slice}”</span>}
      <span>
        block {item.opened_height}
        {item.decided_height > 0 && <> to {item.decided_height}</>}
      </span>
      {item.reward_ucbm && item.reward_ucbm !== "0" && (
        <span className="text-green">earned {cbm(item.reward_ucbm)} CBM</span>
      )}
    </p>
  );
}

/** Why it was refused: the chain's own sentence, or the number that decided. */
function Decision({ item }: { item: Evaluation }) {
  if (!item.reason) return null;
  return (
    <p className="tabular rounded-md bg-amber px-3 py-2">
      <b className="text-warn first-letter:uppercase">Refused: {words(item.reason)}</b>
      {item.failed_slice && <> on “{item.failed_slice}”</>}.{" "}
      {item.detail || `Measured ${gain(item.measured_nano)}, limit ${gain(item.limit_nano)}.`}
    </p>
  );
}

function Committee({ of }: { of: Evaluation["committee"] }) {
  if (of.length === 0) return null;
  return (
    <p className="text-soft">
      Measured by{" "}
      {of.map((seat) => (
        <span key={seat.account} className="mr-3">
          <Account of={seat.account} />{" "}
          {seat.revealed ? "revealed" : seat.committed ? "committed" : "drawn"}
        </span>
      ))}
    </p>
  );
}

function Account({ of }: { of: string }) {
  return <Hash value={of} href={accountHref("compute-0", of)} />;
}

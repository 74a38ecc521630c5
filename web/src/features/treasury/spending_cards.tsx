import type { Grant, Treasury } from "../../api/treasury.ts";
import { passed } from "../../lib/countdown.ts";
import { words } from "../../lib/format.ts";
import { cbm } from "../../lib/money.ts";
import { ShareBar } from "../../ui/bars.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Table } from "../../ui/table.tsx";
import { Until } from "../../ui/until.tsx";
import { Who, type Names } from "../network/who.tsx";

interface Shared {
  names: Names;
  now: number;
}

/** Payments by the second. */
export function StreamsCard({ items, names, now }: { items: Treasury["streams"] } & Shared) {
  return (
    <Card title="Streams" aside="paid by the second">
      <Table
        rows={items}
        id={({ id }) => id}
        columns={[
          {
            title: "To",
            cell: ({ stream }) => (
              <>
                <Who address={stream.to} names={names} />
                <span className="block text-xs text-soft">{stream.purpose}</span>
              </>
            ),
          },
          {
            title: "CBM",
            right: true,
            cell: ({ stream }) => (
              <>
                {cbm(stream.amount_ucbm)}
                <span className="block text-xs text-soft">{cbm(stream.paid_ucbm)} taken</span>
              </>
            ),
          },
          {
            title: "Runs for",
            right: true,
            cell: ({ stream }) => {
              const [from, to] = [Number(stream.start_ms), Number(stream.end_ms)];
              return (
                <>
                  <Until ms={to} now={now} past="it has ended" />
                  <span className="ml-2 hidden sm:inline">
                    <ShareBar share={passed(from, to, now)} />
                  </span>
                </>
              );
            },
          },
        ]}
      />
    </Card>
  );
}

/** Coins for milestones, released by reviewers. */
export function GrantsCard({ items, names, now }: { items: Treasury["grants"] } & Shared) {
  return (
    <Card title="Grants" aside="paid by milestones">
      <ul className="divide-y divide-line">
        {items.map(({ id, grant }) => (
          <li key={id} className="space-y-2 px-4 py-3 text-sm">
            <p>
              <span className="tabular mr-2 text-soft">{id}</span>
              {grant.purpose} <span className="text-soft">for</span>{" "}
              <Who address={grant.to} names={names} />
            </p>
            <Milestones of={grant} now={now} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Milestones({ of, now }: { of: Grant; now: number }) {
  return (
    <ol className="space-y-1">
      {(of.milestones ?? []).map(({ milestone, status, approvals = [] }, i) => (
        <li key={i} className="tabular flex flex-wrap items-baseline gap-x-3 pl-6">
          <span className="min-w-0 flex-1 break-words">
            {i + 1}. {milestone.title}
          </span>
          <span>{cbm(milestone.amount_ucbm)} CBM</span>
          {status === "MILESTONE_STATUS_OPEN" ? (
            <span className="text-soft">
              {approvals.length} of {of.needed}
              {Number(milestone.due_ms) > 0 && (
                <>
                  , <Until ms={Number(milestone.due_ms)} now={now} past="overdue" />
                </>
              )}
            </span>
          ) : (
            <Badge tone={status.endsWith("RELEASED") ? "good" : "calm"}>
              {words(status, "MILESTONE_STATUS_")}
            </Badge>
          )}
        </li>
      ))}
    </ol>
  );
}

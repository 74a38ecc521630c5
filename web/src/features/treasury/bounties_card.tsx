import type { Treasury } from "../../api/treasury.ts";
import { plural, words } from "../../lib/format.ts";
import { cbm } from "../../lib/money.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Empty } from "../../ui/states.tsx";
import { Until } from "../../ui/until.tsx";
import { Who, type Names } from "../network/who.tsx";

type Item = Treasury["bounties"][number];

export function BountiesCard({
  items,
  names,
  now,
}: {
  items: Item[];
  names: Names;
  now: number;
}) {
  const open = items.filter(({ bounty }) => bounty.status === "BOUNTY_STATUS_OPEN").length;
  return (
    <Card title="Bounties" aside={items.length > 0 ? `${open} open` : ""}>
      {items.length === 0 && (
        <Empty title="No bounty is offered">
          A bounty pays whoever delivers what its terms ask for. A passed proposal opens one; the
          lines on this page show how.
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li key={item.id} className="px-4 py-3">
            <BountyRow item={item} names={names} now={now} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function BountyRow({ item: { id, bounty }, names, now }: { item: Item } & Shared) {
  const isOpen = bounty.status === "BOUNTY_STATUS_OPEN";
  const late = Number(bounty.deadline_ms) <= now;
  const state = words(bounty.status, "BOUNTY_STATUS_");
  return (
    <div className="space-y-1 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="min-w-0 flex-1 text-base break-words">
          <span className="tabular mr-2 text-soft">{id}</span>
          {bounty.title}
        </h3>
        <b className="tabular">{cbm(bounty.amount_ucbm)} CBM</b>
        <Badge tone={isOpen && !late ? "good" : "calm"}>
          {isOpen && late ? "closed" : state}
        </Badge>
      </div>
      {bounty.terms && <p className="break-words">{bounty.terms}</p>}
      <p className="tabular flex flex-wrap gap-x-4 text-soft">
        {isOpen && !late && (
          <span>
            <Until ms={Number(bounty.deadline_ms)} now={now} /> left to hand in work
          </span>
        )}
        <span>{plural(bounty.submissions, "submission")}</span>
        <span>
          {bounty.needed} of {bounty.reviewers?.length ?? 0} reviewers must agree
        </span>
        {bounty.winner && (
          <span>
            won by <Who address={bounty.winner} names={names} />
          </span>
        )}
        {bounty.open_disputes > 0 && (
          <span className="text-warn">{plural(bounty.open_disputes, "dispute")}</span>
        )}
      </p>
    </div>
  );
}

interface Shared {
  names: Names;
  now: number;
}

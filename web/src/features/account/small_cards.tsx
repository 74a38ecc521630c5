import type { Holdings } from "../../api/holdings.ts";
import { plural, words } from "../../lib/format.ts";
import { Link } from "../../lib/router.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/hash.tsx";
import { accountHref } from "../explorer/links.ts";
import { proposalHref } from "../network/links.ts";

const TONE: Record<string, "good" | "bad" | "calm"> = {
  CHOICE_YES: "good",
  CHOICE_NO: "bad",
  CHOICE_VETO: "bad",
};

export function VotesCard({ votes }: { votes: NonNullable<Holdings["votes"]> }) {
  if (votes.length === 0) return null;
  return (
    <Card title="Votes">
      <ul className="divide-y divide-line text-sm">
        {votes.map(({ proposal, title, status, ballot }) => (
          <li key={proposal} className="flex items-baseline gap-3 px-4 py-2">
            <Link
              href={proposalHref(proposal)}
              className="min-w-0 flex-1 break-words text-green hover:underline"
            >
              <span className="tabular mr-2 text-soft">{proposal}</span>
              {title}
            </Link>
            <span className="text-soft">{words(status, "STATUS_")}</span>
            <Badge tone={TONE[ballot.choice] ?? "calm"}>{words(ballot.choice, "CHOICE_")}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type Groups = NonNullable<NonNullable<Holdings["groups"]>["items"]>;

export function GroupsCard({ items }: { items: Groups }) {
  if (items.length === 0) return null;
  return (
    <Card title="Groups it is a member of">
      <ul className="divide-y divide-line text-sm">
        {items.map(({ id, group }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2">
            <span className="min-w-0 flex-1">
              <span className="tabular mr-2 text-soft">{id}</span>
              {group.title}
            </span>
            <span className="text-soft">{plural(group.members, "member")}</span>
            <Hash value={group.account} href={accountHref("utility", group.account)} copy />
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function TicketsCard({ tickets }: { tickets: string[] }) {
  if (tickets.length === 0) return null;
  return (
    <Card title="Open tickets" aside={`${tickets.length} of 64`}>
      <p className="tabular flex flex-wrap gap-2 p-4 text-sm">
        {tickets.map((ticket) => (
          <span key={ticket} className="rounded-md bg-sunk px-2 py-0.5">
            {ticket}
          </span>
        ))}
      </p>
    </Card>
  );
}

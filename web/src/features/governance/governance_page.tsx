import { useState } from "react";
import {
  getActs,
  getProposals,
  getUpgrades,
  type Act,
  type Proposal,
  type Upgrades,
} from "../../api/consensus.ts";
import { useLive } from "../../lib/live.tsx";
import { grouped } from "../../lib/money.ts";
import { Link } from "../../lib/router.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { Until } from "../../ui/until.tsx";
import { DoIt } from "../network/do_it.tsx";
import { proposalHref } from "../network/links.ts";
import { actionText } from "./action_view.tsx";
import { ProposalState, TrackBadge, When } from "./proposal_state.tsx";
import { Stage } from "./stage.tsx";
import { isOpen, standing, sumsOf, verdict, isEmergency } from "./tracks.ts";

export function GovernancePage() {
  const now = useNow();
  const [before, setBefore] = useState<string | null>(null);
  const proposals = useLive(`proposals ${before ?? ""}`, (_, signal) =>
    getProposals(before, signal),
  );
  const acts = useLive("acts", (_, signal) => getActs(signal));
  const upgrades = useLive("upgrades", (_, signal) => getUpgrades(signal));
  return (
    <>
      <PageHead title="Governance">
        <Link
          href="/network/governance/parameters"
          className="text-sm text-green hover:underline"
        >
          what can be changed
        </Link>
      </PageHead>
      <div className="space-y-6">
        <EmergencyStrip acts={acts.data?.items ?? []} now={now} />
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
          <div className="min-w-0 space-y-4">
            <Show of={proposals}>
              {({ items, next }) => (
                <>
                  <ProposalList items={items} now={now} />
                  <div className="flex gap-2">
                    {before && <Button onClick={() => setBefore(null)}>Newest</Button>}
                    {next && <Button onClick={() => setBefore(next)}>Older</Button>}
                  </div>
                </>
              )}
            </Show>
          </div>
          <div className="min-w-0 space-y-6">
            <Show of={upgrades}>{(data) => <UpgradesCard data={data} />}</Show>
            <Card title="Propose something">
              <DoIt
                deeds={[
                  {
                    what: "A parameter",
                    words:
                      "gov propose 'More validators' --do 'param staking.max_validators 150'",
                  },
                  {
                    what: "A payment from the treasury",
                    words: "gov propose 'Pay the audit' --do 'treasury pay ACCOUNT 100'",
                  },
                  {
                    what: "In an emergency, as a validator",
                    words: "gov emergency 'Stop transfers' --do 'pause bank.Send --duration 2h'",
                  },
                ]}
              />
            </Card>
          </div>
        </div>
      </div>
    </>
  );
}

function ProposalList({ items, now }: { items: Proposal[]; now: number }) {
  if (items.length === 0) {
    return (
      <Card>
        <Empty title="Nothing was proposed yet">
          Anybody with a deposit may ask the holders of bonded coins to change a parameter, spend
          from the treasury or upgrade the rules. The lines on this page show how.
        </Empty>
      </Card>
    );
  }
  return (
    <ul className="space-y-4">
      {items.map((item) => (
        <li key={item.id}>
          <ProposalCard proposal={item} now={now} />
        </li>
      ))}
    </ul>
  );
}

function ProposalCard({ proposal, now }: { proposal: Proposal; now: number }) {
  return (
    <Card>
      <div className="space-y-3 p-4">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2 className="min-w-0 flex-1 basis-60 text-lg">
            <Link href={proposalHref(proposal.id)} className="hover:text-green">
              <span className="tabular mr-2 text-soft">{proposal.id}</span>
              {proposal.title}
            </Link>
          </h2>
          <span className="flex items-center gap-2">
            <TrackBadge track={proposal.track} />
            <ProposalState status={proposal.status} />
          </span>
        </div>
        <p className="text-sm text-soft">
          {proposal.actions.map(actionText).join("; ") || "An opinion poll: it changes nothing."}
        </p>
        <Stage proposal={proposal} />
        <p className="tabular flex justify-between gap-4 text-xs text-soft">
          <span>
            <When proposal={proposal} now={now} />
          </span>
          {isOpen(proposal) && !isEmergency(proposal.track) && proposal.so_far && (
            <Verdict proposal={proposal} />
          )}
        </p>
      </div>
    </Card>
  );
}

function Verdict({ proposal }: { proposal: Proposal }) {
  const [text, tone] = verdict(standing(sumsOf(proposal), proposal.rule));
  return <Badge tone={tone}>as it stands: {text}</Badge>;
}

/** Acts in force stand above everything, with the time they have left. */
function EmergencyStrip({ acts, now }: { acts: Act[]; now: number }) {
  if (acts.length === 0) return null;
  return (
    <section
      aria-label="Emergency acts in force"
      className="rounded-lg border border-line border-l-4 border-l-warn bg-amber"
    >
      <h2 className="px-4 pt-3 text-lg text-warn">In force by emergency</h2>
      <ul className="divide-y divide-line">
        {acts.map(({ act, detail }) => (
          <li key={act} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2 text-sm">
            <Link href={proposalHref(detail.proposal)} className="min-w-0 flex-1 underline">
              {actionText(detail.action)}
            </Link>
            <span>
              ends by itself in <Until ms={Number(detail.until_ms)} now={now} past="a moment" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function UpgradesCard({ data }: { data: Upgrades }) {
  const items = data.items.toReversed();
  return (
    <Card title="Upgrades" aside={`rules ${data.rules_version}`}>
      {items.length === 0 ? (
        <p className="p-4 text-sm text-soft">
          None is planned. This node's program knows the rules up to version {data.newest_rules}.
        </p>
      ) : (
        <ul className="divide-y divide-line text-sm">
          {items.map((item) => (
            <li key={item.height} className="px-4 py-2">
              <div className="flex justify-between gap-3">
                <b>{item.name}</b>
                <span className="tabular">block {grouped(item.height)}</span>
              </div>
              <div className="text-soft">
                rules {item.rules_version},{" "}
                {Number(item.height) <= data.height
                  ? "in force"
                  : `in ${grouped(String(Number(item.height) - data.height))} blocks`}
                {item.rules_version > data.newest_rules && (
                  <span className="text-warn">; this node's program lacks them</span>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

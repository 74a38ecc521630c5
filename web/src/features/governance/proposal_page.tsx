import { getProposal, type Ballot, type Proposal } from "../../api/consensus.ts";
import { clock, plural, words } from "../../lib/format.ts";
import { useLive } from "../../lib/live.tsx";
import { cbm, grouped } from "../../lib/money.ts";
import { Link } from "../../lib/router.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { Ago, useNow } from "../../ui/time.tsx";
import { Until } from "../../ui/until.tsx";
import { DoIt, type Deed } from "../network/do_it.tsx";
import { useNames, Who, type Names } from "../network/who.tsx";
import { ActionView } from "./action_view.tsx";
import { ProposalState, TrackBadge, When } from "./proposal_state.tsx";
import { Stage } from "./stage.tsx";
import { isEmergency, isOpen, TRACKS } from "./tracks.ts";

export function ProposalPage({ id }: { id: string }) {
  const proposal = useLive(`proposal ${id}`, (_, signal) => getProposal(id, signal));
  return <Show of={proposal}>{(data) => <Loaded proposal={data} />}</Show>;
}

function Loaded({ proposal }: { proposal: Proposal }) {
  const now = useNow();
  const names = useNames();
  return (
    <>
      <p className="mb-1 text-sm text-soft">
        <Link href="/network/governance" className="hover:text-green hover:underline">
          Governance
        </Link>{" "}
        / {proposal.id}
      </p>
      <PageHead title={proposal.title}>
        <span className="flex items-center gap-2">
          <TrackBadge track={proposal.track} />
          <ProposalState status={proposal.status} />
        </span>
      </PageHead>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <div className="min-w-0 space-y-6">
          <Card
            title={proposal.status === "STATUS_DEPOSIT" ? "Deposit" : "Votes"}
            aside={<When proposal={proposal} now={now} />}
          >
            <div className="space-y-3 p-4">
              <Stage proposal={proposal} full />
              <p className="text-sm text-soft first-letter:uppercase">
                {TRACKS[proposal.track]?.who}.
              </p>
            </div>
          </Card>
          {proposal.summary && (
            <Card title="Why">
              <p className="p-4 whitespace-pre-wrap">{proposal.summary}</p>
            </Card>
          )}
          <Card title="What it does" aside={plural(proposal.actions.length, "action")}>
            {proposal.actions.length === 0 ? (
              <p className="p-4 text-sm text-soft">An opinion poll: it changes nothing.</p>
            ) : (
              <ul className="divide-y divide-line">
                {proposal.actions.map((action, i) => (
                  <li key={i}>
                    <ActionView action={action} />
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <Ballots proposal={proposal} names={names} now={now} />
        </div>
        <div className="min-w-0 space-y-6">
          <Card title="Facts">
            <Facts rows={facts(proposal, names, now)} />
          </Card>
          {isOpen(proposal) && (
            <Card title="What you may do">
              <DoIt deeds={deeds(proposal)} />
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

function facts(proposal: Proposal, names: Names, now: number): [string, React.ReactNode][] {
  const rows: [string, React.ReactNode][] = [
    ["Proposed by", <Who address={proposal.proposer} names={names} />],
    ["Proposed", <Ago ms={Number(proposal.submitted_ms)} now={now} />],
  ];
  if (!isEmergency(proposal.track)) {
    const needed = proposal.rule.deposit_ucbm ?? "0";
    rows.push(["Deposit", `${cbm(proposal.deposit_ucbm)} of ${cbm(needed)} CBM`]);
  }
  if (Number(proposal.voting_start_ms) > 0) {
    rows.push([
      "Vote",
      `${clock(Number(proposal.voting_start_ms))} to
      ${clock(Number(proposal.voting_end_ms))}`,
    ]);
  }
  if (Number(proposal.expires_ms) > 0) {
    rows.push([
      "Its acts end in",
      <Until ms={Number(proposal.expires_ms)} now={now} past="they have ended" />,
    ]);
  }
  if (proposal.failure > 0) {
    rows.push([
      "Failed",
      <span className="text-warn">
        action {proposal.failed_action}, status {proposal.failure}
      </span>,
    ]);
  }
  return rows;
}

function deeds({ id, status, track }: Proposal): Deed[] {
  if (status === "STATUS_DEPOSIT") {
    return [
      { what: "Help it to a vote", words: `gov deposit ${id} 100` },
      { what: "Take your own proposal back", words: `gov cancel ${id}` },
    ];
  }
  if (status !== "STATUS_VOTING") return [];
  const who = isEmergency(track) ? "Vote as a validator" : "Vote; a later vote replaces it";
  return [
    { what: who, words: `gov vote ${id} yes` },
    { what: "Against it", words: `gov vote ${id} no` },
  ];
}

const CHOICE: Record<string, "good" | "bad" | "calm"> = {
  CHOICE_YES: "good",
  CHOICE_NO: "bad",
  CHOICE_VETO: "bad",
};

function Ballots({ proposal, names, now }: { proposal: Proposal; names: Names; now: number }) {
  const ballots = proposal.ballots ?? [];
  const counted = ballots.some(({ weight }) => weight !== "0");
  const coins = TRACKS[proposal.track]?.counts === "CBM";
  return (
    <Card title="Ballots" aside={ballots.length > 0 ? grouped(String(ballots.length)) : ""}>
      {ballots.length === 0 ? (
        <Empty title={isOpen(proposal) ? "Nobody has voted yet" : "No ballot is kept"}>
          {!isOpen(proposal) && "Ballots are removed some time after the decision."}
        </Empty>
      ) : (
        <Table<Ballot>
          rows={ballots.toSorted((a, b) => Number(b.voted_ms) - Number(a.voted_ms))}
          id={(row) => row.voter}
          columns={[
            { title: "Who", cell: (row) => <Who address={row.voter} names={names} /> },
            {
              title: "Vote",
              cell: (row) => (
                <Badge tone={CHOICE[row.choice] ?? "calm"}>{words(row.choice, "CHOICE_")}</Badge>
              ),
            },
            ...(counted
              ? [
                  {
                    title: "Counted for",
                    right: true,
                    cell: (row: Ballot) =>
                      coins ? `${cbm(row.weight)} CBM` : grouped(row.weight),
                  },
                ]
              : []),
            {
              title: "Age",
              right: true,
              cell: (row) => <Ago ms={Number(row.voted_ms)} now={now} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

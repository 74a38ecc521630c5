// How far a proposal has come: towards its deposit, or in its vote.
import type { Proposal } from "../../api/consensus.ts";
import { cbm } from "../../lib/money.ts";
import { share } from "../../lib/share.ts";
import { StackedBar } from "../../ui/bars.tsx";
import { Tally } from "./tally.tsx";

export function Stage({ proposal, full = false }: { proposal: Proposal; full?: boolean }) {
  if (proposal.status !== "STATUS_DEPOSIT") return <Tally proposal={proposal} full={full} />;
  const needed = proposal.rule.deposit_ucbm ?? "0";
  const given = `${cbm(proposal.deposit_ucbm)} of ${cbm(needed)} CBM`;
  const part = { name: "deposit", look: "bg-wood", text: given };
  return (
    <div className="space-y-2">
      <StackedBar
        parts={[{ ...part, share: share(proposal.deposit_ucbm, needed) }]}
        label={`${given} are deposited`}
      />
      <p className="tabular text-xs text-soft">
        <b className="text-ink">{given}</b> are behind it; the vote begins with the whole deposit
      </p>
    </div>
  );
}

import {
  getEvidence,
  getStatus,
  getValidators,
  type ConsensusStatus,
  type ValidatorRow,
} from "../../api/consensus.ts";
import { useLive } from "../../lib/live.tsx";
import { cbm, grouped } from "../../lib/money.ts";
import { Card, PageHead } from "../../ui/card.tsx";
import { Figure } from "../../ui/facts.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { DoIt } from "../network/do_it.tsx";
import { PenaltiesCard } from "./penalties_card.tsx";
import { PowerRing } from "./power_ring.tsx";
import { ValidatorTable } from "./validator_table.tsx";

/** Who votes on blocks, how much weighs what they say, and how well they do it. */
export function ValidatorsPage() {
  const now = useNow();
  const status = useLive("status", (_, signal) => getStatus(signal));
  const validators = useLive("validators", (_, signal) => getValidators(signal));
  const evidence = useLive("evidence", (_, signal) => getEvidence(signal));
  return (
    <>
      <PageHead title="Validators" />
      <div className="space-y-6">
        <Show of={status}>{(data) => <Overview status={data} />}</Show>
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
          <div className="min-w-0 space-y-6">
            <Card title="Everyone who stands" aside={count(validators.data?.items)}>
              <Show of={validators}>
                {({ items }) =>
                  items.length === 0 ? (
                    <Empty title="Nobody stands yet">
                      The operator alone orders blocks on this chain. Whoever bonds enough coins
                      may stand beside it.
                    </Empty>
                  ) : (
                    <ValidatorTable rows={byPower(items)} now={now} />
                  )
                }
              </Show>
            </Card>
            <Show of={evidence}>
              {({ items }) => (
                <PenaltiesCard items={items} rows={validators.data?.items ?? []} now={now} />
              )}
            </Show>
          </div>
          <div className="min-w-0 space-y-6">
            <Card title="Voting power">
              <Show of={validators}>{({ items }) => <PowerRing rows={byPower(items)} />}</Show>
            </Card>
            <Card title="Stand yourself">
              <DoIt
                deeds={[
                  {
                    what: "From a node with its own consensus key, with 10,000 CBM or more:",
                    words: "validator create 10000 --moniker NAME",
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

const ORDER = { ACTIVE: 0, WAITING: 1, JAILED: 2 };

/** Active ones first, the most bonded coins first among equals. */
export function byPower(rows: ValidatorRow[]): ValidatorRow[] {
  return rows.toSorted(
    (a, b) =>
      ORDER[a.status] - ORDER[b.status] || Number(BigInt(b.tokens_ucbm) - BigInt(a.tokens_ucbm)),
  );
}

const count = (rows: ValidatorRow[] | undefined) =>
  rows ? `${rows.filter(({ status }) => status === "ACTIVE").length} active` : "";

function Overview({ status }: { status: ConsensusStatus }) {
  const engine = status.engine === "cometbft" ? "validators vote" : "operator signs";
  return (
    <Card>
      <div className="grid grid-cols-2 gap-x-4 gap-y-4 p-4 sm:grid-cols-5">
        <Figure value={grouped(String(status.height))} unit={`block, ${engine}`} />
        <Figure value={status.active_validators} unit="active validators" />
        <Figure value={cbm(status.active_ucbm)} unit="CBM bonded to them" />
        <Figure
          value={cbm(status.epoch.paid_ucbm ?? "0")}
          unit={`CBM paid for the last hour (${status.epoch.number ?? 0})`}
        />
        <Figure value={status.rules_version} unit={rulesText(status)} />
      </div>
    </Card>
  );
}

function rulesText({ next_upgrade: next }: ConsensusStatus): string {
  if (!next) return "version of the rules";
  return `version of the rules; ${next.rules_version} from block ${grouped(next.height)}`;
}

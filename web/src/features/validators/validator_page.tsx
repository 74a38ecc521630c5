import { getValidator, type Validator } from "../../api/consensus.ts";
import { spanText } from "../../lib/countdown.ts";
import { clock, words } from "../../lib/format.ts";
import { useLive } from "../../lib/live.tsx";
import { cbm, grouped } from "../../lib/money.ts";
import { nanoPercent } from "../../lib/share.ts";
import { Link } from "../../lib/router.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Facts, Figure } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Show } from "../../ui/states.tsx";
import { Ago, useNow } from "../../ui/time.tsx";
import { accountHref, blockHref } from "../explorer/links.ts";
import { DoIt } from "../network/do_it.tsx";
import { PenaltiesCard } from "./penalties_card.tsx";
import { ValidatorState } from "./validator_state.tsx";

export function ValidatorPage({ operator }: { operator: string }) {
  const validator = useLive(operator, (_, signal) => getValidator(operator, signal));
  return <Show of={validator}>{(data) => <Loaded data={data} />}</Show>;
}

function Loaded({ data }: { data: Validator }) {
  const now = useNow();
  const { description } = data.validator;
  const state = {
    status: data.status,
    jailed_until_ms: data.validator.jailed_until_ms,
    key_revoked: data.validator.key_revoked,
    absent_since_ms: data.signing.absent_since_ms,
  };
  return (
    <>
      <PageHead title={description.moniker || "Validator"}>
        <ValidatorState of={state} now={now} />
      </PageHead>
      <div className="space-y-6">
        <Card>
          <div className="grid grid-cols-2 gap-4 p-4 sm:grid-cols-4">
            <Figure value={grouped(data.power)} unit="voting power" />
            <Figure value={cbm(data.validator.tokens_ucbm)} unit="CBM bonded to it" />
            <Figure
              value={nanoPercent(data.validator.commission.rate_nano)}
              unit="commission on rewards"
            />
            <Figure
              value={data.signing.blocks === "0" ? "–" : nanoPercent(data.signing.uptime_nano)}
              unit={`of ${grouped(data.signing.blocks)} blocks signed`}
              tone={data.signing.absent_since_ms === "0" ? "" : "text-warn"}
            />
          </div>
        </Card>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title="Operator">
            <Facts rows={operatorFacts(data)} />
          </Card>
          <div className="min-w-0 space-y-6">
            <Card title="Signing">
              <Facts rows={signingFacts(data, now)} />
            </Card>
            <Card title="Trust it with stake">
              <DoIt
                deeds={[
                  {
                    what: "Bond coins to it: it votes for you and earns for you.",
                    words: `stake delegate ${data.operator} 100`,
                  },
                ]}
              />
            </Card>
          </div>
        </div>
        <PenaltiesCard items={data.penalties} rows={[]} now={now} />
      </div>
    </>
  );
}

function operatorFacts({ operator, validator, level, self_bond_ucbm }: Validator) {
  const { description: text, commission } = validator;
  const rows: [string, React.ReactNode][] = [
    [
      "Account",
      <span className="inline-flex max-w-full flex-wrap gap-x-3">
        <Hash value={operator} whole copy />
        <Link href={accountHref("utility", operator)} className="text-green hover:underline">
          what it holds
        </Link>
      </span>,
    ],
    ["Own stake", `${cbm(self_bond_ucbm)} CBM (${words(level)})`],
    [
      "Commission",
      `${nanoPercent(commission.rate_nano)}, never above ${nanoPercent(commission.max_nano)}, ` +
        `moves at most ${nanoPercent(commission.max_change_nano)} a day`,
    ],
    [
      "Since",
      Number(validator.created_height) === 0 ? "genesis" : clock(Number(validator.created_ms)),
    ],
    [
      "Not yet paid out",
      `${cbm(validator.outstanding_ucbm)} CBM to delegators, ` +
        `${cbm(validator.commission_ucbm)} CBM commission`,
    ],
  ];
  if (text.website) rows.push(["Website", text.website]);
  if (text.contact) rows.push(["Contact", text.contact]);
  if (text.details) rows.push(["About", text.details]);
  return rows;
}

function signingFacts({ signing, consensus_address, validator }: Validator, now: number) {
  const away = Number(signing.absent_since_ms);
  const rows: [string, React.ReactNode][] = [
    [
      "Blocks",
      `${grouped(signing.missed)} missed of ${grouped(signing.blocks)}, ` +
        `${grouped(signing.epoch_missed)} of them this hour`,
    ],
    [
      "Now",
      away === 0 ? (
        "it signs"
      ) : (
        <span className="text-warn">
          silent since block{" "}
          <Link href={blockHref("utility", signing.absent_since_height)} className="underline">
            {grouped(signing.absent_since_height)}
          </Link>
          , <Ago ms={away} now={now} />; after {spanText(86_400_000)} it is fined
        </span>
      ),
    ],
    ["Consensus key", <Hash value={validator.consensus_key} whole copy />],
    ["Consensus address", <Hash value={consensus_address} whole copy />],
  ];
  if (signing.censorship_occasions > 0) {
    rows.push(["Left transactions out", `${signing.censorship_occasions} times`]);
  }
  return rows;
}

import { getParams, getStake, type Params, type Stake } from "../../api/consensus.ts";
import { spanText } from "../../lib/countdown.ts";
import { useLive } from "../../lib/live.tsx";
import { cbm } from "../../lib/money.ts";
import { Link } from "../../lib/router.tsx";
import { sum } from "../../lib/share.ts";
import { Card, PageHead } from "../../ui/card.tsx";
import { Figure } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { accountHref } from "../explorer/links.ts";
import { DoIt, type Deed } from "../network/do_it.tsx";
import { useNames, type Names } from "../network/who.tsx";
import { ChooseAccount } from "./choose_account.tsx";
import { useMyAccount } from "./my_account.ts";
import { DelegationsCard, MovesCard, UnbondingsCard } from "./stake_cards.tsx";

/** What one account has at stake, and what it may do with it. */
export function StakingPage({ address }: { address: string | undefined }) {
  const [mine, keep] = useMyAccount();
  const shown = address ?? mine;
  const stake = useLive(shown, (who, signal) => getStake(who, signal));
  const params = useLive("params", (_, signal) => getParams(signal));
  const names = useNames();
  return (
    <>
      <PageHead title="Staking" />
      <div className="space-y-6">
        <ChooseAccount shown={shown} keep={keep} />
        {shown === null ? (
          <Nobody names={names} params={params.data} />
        ) : (
          <Show of={stake}>
            {(data) => <Staked stake={data} names={names} params={params.data} />}
          </Show>
        )}
      </div>
    </>
  );
}

function Nobody({ names, params }: { names: Names; params: Params | undefined }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card>
        <Empty title="Whose stake?">
          Paste your account above. This browser remembers it and nobody else learns of it;{" "}
          <code className="font-mono">cambium key list</code> shows yours.
        </Empty>
      </Card>
      <Card title="How staking works">
        <HowItWorks params={params} />
        <DoIt deeds={[firstDeed(names)]} />
      </Card>
    </div>
  );
}

const firstDeed = (names: Names): Deed => ({
  what: "Bond coins to a validator that you trust:",
  words: `stake delegate ${strongest(names)} 100`,
});

/** A validator to put into an example. */
function strongest(names: Names): string {
  const rows = [...names.values()].filter(({ status }) => status === "ACTIVE");
  const best = rows.toSorted((a, b) => Number(BigInt(b.power) - BigInt(a.power)))[0];
  return best ? best.moniker || best.operator : "VALIDATOR";
}

function HowItWorks({ params }: { params: Params | undefined }) {
  const unbonding = spanText(Number(params?.["staking"]?.["unbonding_ms"] ?? 1_814_400_000));
  return (
    <ul className="list-disc space-y-1 px-4 pt-4 pl-9 text-sm">
      <li>Bonded coins earn a share of fees and of the hourly reward, less the commission.</li>
      <li>They vote with your validator in governance; your own vote overrides it.</li>
      <li>They come back {unbonding} after you undelegate.</li>
      <li>If the validator cheats, part of them is burnt.</li>
    </ul>
  );
}

function Staked({
  stake,
  names,
  params,
}: {
  stake: Stake;
  names: Names;
  params: Params | undefined;
}) {
  const now = useNow();
  const nothing = stake.delegations.length + stake.unbondings.length === 0;
  return (
    <>
      <Card
        title={<Hash value={stake.address} copy />}
        aside={
          <Link
            href={accountHref("utility", stake.address)}
            className="text-green hover:underline"
          >
            all it holds
          </Link>
        }
      >
        <div className="grid grid-cols-2 gap-4 p-4 sm:grid-cols-4">
          <Figure
            value={cbm(String(sum(stake.delegations.map((d) => d.amount_ucbm))))}
            unit="CBM bonded"
          />
          <Figure value={cbm(stake.rewards_ucbm)} unit="CBM earned, not yet taken" />
          <Figure
            value={cbm(String(sum(stake.unbondings.map((u) => u.amount_ucbm))))}
            unit="CBM on their way out"
          />
          <Figure value={cbm(stake.commission_ucbm)} unit="CBM commission as a validator" />
        </div>
      </Card>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_26rem]">
        <div className="min-w-0 space-y-6">
          <DelegationsCard items={stake.delegations} names={names} />
          <UnbondingsCard
            items={stake.unbondings}
            names={names}
            now={now}
            lastsMs={Number(params?.["staking"]?.["unbonding_ms"] ?? 0)}
          />
          {stake.redelegations.length > 0 && (
            <MovesCard items={stake.redelegations} names={names} now={now} />
          )}
        </div>
        <Card title="What you may do">
          {nothing && <HowItWorks params={params} />}
          <DoIt deeds={nothing ? [firstDeed(names)] : deeds(stake, names)} />
        </Card>
      </div>
    </>
  );
}

/** Only what is possible now, with real names and amounts. */
export function deeds(stake: Stake, names: Names): Deed[] {
  const called = (operator: string) => names.get(operator)?.moniker || operator;
  const [first] = stake.delegations;
  const other = [...names.keys()].find((operator) => operator !== first?.validator);
  const out: Deed[] = [];
  if (stake.rewards_ucbm !== "0") {
    out.push({ what: `Take the ${cbm(stake.rewards_ucbm)} CBM earned`, words: "stake withdraw" });
  }
  if (stake.commission_ucbm !== "0") {
    out.push({ what: "Take the commission", words: "stake withdraw-commission" });
  }
  if (first) {
    out.push(
      { what: "Bond more", words: `stake delegate ${called(first.validator)} 10` },
      { what: "Start to unbond", words: `stake undelegate ${called(first.validator)} 10` },
    );
    if (other) {
      out.push({
        what: "Move stake at once",
        words: `stake redelegate ${called(first.validator)} ${called(other)} 10`,
      });
    }
  }
  for (const { validator, id } of stake.unbondings.slice(0, 1)) {
    out.push({
      what: "Change your mind about unbonding",
      words: `stake cancel-unbonding ${called(validator)} ${id} 10`,
    });
  }
  return out;
}

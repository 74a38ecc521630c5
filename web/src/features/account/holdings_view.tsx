// All that an account holds, a card for each kind of thing; kinds it has nothing of are left out.
import type { Holdings } from "../../api/holdings.ts";
import { cbm } from "../../lib/money.ts";
import { Link } from "../../lib/router.tsx";
import { share, sum } from "../../lib/share.ts";
import { Legend, StackedBar, type Part } from "../../ui/bars.tsx";
import { Card } from "../../ui/card.tsx";
import { Figure } from "../../ui/facts.tsx";
import { Until } from "../../ui/until.tsx";
import { stakeHref } from "../network/links.ts";
import type { Names } from "../network/who.tsx";
import { DelegationsCard, UnbondingsCard } from "../staking/stake_cards.tsx";
import { GrantsCard } from "./grants_card.tsx";
import { GuardiansCard } from "./guardians_card.tsx";
import { GroupsCard, TicketsCard, VotesCard } from "./small_cards.tsx";

export function HoldingsView({ of, names, now }: { of: Holdings; names: Names; now: number }) {
  const stake = of.stake?.items ?? [];
  const unbondings = of.unbondings?.items ?? [];
  return (
    <>
      <Frozen of={of} now={now} />
      <Coins of={of} />
      <div className="gap-6 space-y-6 lg:columns-2 [&>*]:break-inside-avoid">
        {stake.length > 0 && <DelegationsCard items={stake} names={names} />}
        <UnbondingsCard items={unbondings} names={names} now={now} lastsMs={1_814_400_000} />
        <VotesCard votes={of.votes ?? []} />
        <GrantsCard
          given={of.grants?.given ?? []}
          received={of.grants?.received ?? []}
          now={now}
        />
        {of.guardians && <GuardiansCard of={of.guardians} now={now} />}
        <GroupsCard items={of.groups?.items ?? []} />
        <TicketsCard tickets={of.tickets?.tickets ?? []} />
      </div>
    </>
  );
}

function Frozen({ of, now }: { of: Holdings; now: number }) {
  const until = Number(of.frozen?.until_ms ?? 0);
  if (until <= now) return null;
  return (
    <p
      role="alert"
      className="rounded-lg border border-l-4 border-line border-l-warn bg-amber p-4"
    >
      <b className="text-warn">Frozen by an emergency act.</b> Its coins move again in{" "}
      <Until ms={until} now={now} />.
    </p>
  );
}

/** Every CBM it owns, by what it can be used for. */
export function coinParts(of: Holdings): { total: bigint; parts: Part[] } {
  const staked = sum((of.stake?.items ?? []).map((part) => part.amount_ucbm));
  const leaving = sum((of.unbondings?.items ?? []).map((part) => part.amount_ucbm));
  const amount = BigInt(of.token.amount ?? "0");
  const spendable = BigInt(of.token.spendable ?? "0");
  const earned = BigInt(of.stake?.total_ucbm ?? "0");
  const total = amount + staked + leaving + earned;
  const part = (name: string, ucbm: bigint, look: string): Part => ({
    name,
    look,
    share: share(ucbm, total),
    text: `${cbm(String(ucbm))} CBM`,
  });
  const all: [Part, bigint][] = [
    [part("spendable", spendable, "bg-green"), spendable],
    [part("staked", staked, "bg-wood"), staked],
    [part("unbonding", leaving, "bg-grain"), leaving],
    [part("earned", earned, "bg-leaf"), earned],
    [part("held or vesting", amount - spendable, "bg-edge"), amount - spendable],
  ];
  return { total, parts: all.filter(([, ucbm]) => ucbm > 0n).map(([it]) => it) };
}

function Coins({ of }: { of: Holdings }) {
  const { total, parts } = coinParts(of);
  const others = (of.balances.coins ?? []).filter(({ denom }) => denom !== "ucbm");
  const stakes = (of.stake?.items ?? []).length > 0;
  return (
    <Card
      title="Coins"
      aside={
        stakes && (
          <Link href={stakeHref(of.address)} className="text-green hover:underline">
            its stake
          </Link>
        )
      }
    >
      <div className="space-y-4 p-4">
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Figure value={cbm(String(total))} unit="CBM in all" />
          <Figure value={cbm(of.token.spendable ?? "0")} unit="CBM it may spend" />
          {BigInt(of.token.vesting ?? "0") > 0n && (
            <Figure value={cbm(of.token.vesting)} unit="CBM not yet vested" />
          )}
          {BigInt(of.token.held ?? "0") > 0n && (
            <Figure value={cbm(of.token.held)} unit="CBM held for obligations" />
          )}
          {others.map(({ denom, amount }) => (
            <Figure key={denom} value={amount} unit={denom} />
          ))}
        </div>
        {total > 0n && (
          <>
            <StackedBar parts={parts} label={`${cbm(String(total))} CBM by what they are for`} />
            <Legend parts={parts} />
          </>
        )}
      </div>
    </Card>
  );
}

import { getTreasury, type Book, type Treasury } from "../../api/treasury.ts";
import { useLive } from "../../lib/live.tsx";
import { cbm } from "../../lib/money.ts";
import { share } from "../../lib/share.ts";
import { Legend, StackedBar, type Part } from "../../ui/bars.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Figure } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Show } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { accountHref } from "../explorer/links.ts";
import { DoIt } from "../network/do_it.tsx";
import { useNames } from "../network/who.tsx";
import { BountiesCard } from "./bounties_card.tsx";
import { DisputesCard } from "./disputes_card.tsx";
import { GrantsCard, StreamsCard } from "./spending_cards.tsx";

/** The common coins: how many there are, what they are promised to, and what came of it. */
export function TreasuryPage() {
  const treasury = useLive("treasury", (_, signal) => getTreasury(signal));
  return (
    <>
      <PageHead title="Treasury" />
      <Show of={treasury}>{(data) => <Loaded data={data} />}</Show>
    </>
  );
}

function Loaded({ data }: { data: Treasury }) {
  const now = useNow();
  const names = useNames();
  return (
    <div className="space-y-6">
      <BalanceCard book={data.book} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <div className="min-w-0 space-y-6">
          <BountiesCard items={data.bounties} names={names} now={now} />
          {data.streams.length > 0 && (
            <StreamsCard items={data.streams} names={names} now={now} />
          )}
          {data.grants.length > 0 && <GrantsCard items={data.grants} names={names} now={now} />}
          {data.disputes.length > 0 && (
            <DisputesCard items={data.disputes} names={names} now={now} />
          )}
        </div>
        <Card title="How it is spent">
          <p className="px-4 pt-4 text-sm">
            No key opens this account. Coins leave it when the holders of bonded coins pass a
            proposal: at once, by the second, by milestones, or as a bounty for whoever does the
            work.
          </p>
          <DoIt
            deeds={[
              {
                what: "Ask for a payment",
                words:
                  "gov propose 'Pay the audit' --do 'treasury pay ACCOUNT 100 --purpose audit'",
              },
              {
                what: "Offer a bounty",
                words:
                  "gov propose 'A bounty' --do 'treasury open-bounty Docs 50 --deadline +30d " +
                  "--reviewers ACCOUNT --needed 1'",
              },
              { what: "Hand in work", words: "treasury submit 1 LINK --hash SHA256" },
            ]}
          />
        </Card>
      </div>
    </div>
  );
}

function BalanceCard({ book }: { book: Book }) {
  const { balance_ucbm: balance, free_ucbm: free, book: kept } = book;
  const parts: Part[] = [
    { name: "free", share: share(free, balance), look: "bg-green", text: `${cbm(free)} CBM` },
    {
      name: "promised",
      share: share(kept.promised_ucbm, balance),
      look: "bg-wood",
      text: `${cbm(kept.promised_ucbm)} CBM`,
    },
  ];
  return (
    <Card
      title="Balance"
      aside={<Hash value={book.account} href={accountHref("utility", book.account)} copy />}
    >
      <div className="space-y-4 p-4">
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Figure value={cbm(balance)} unit="CBM in the treasury" />
          <Figure value={cbm(free)} unit="CBM free to spend" />
          <Figure value={cbm(kept.paid_ucbm)} unit="CBM paid since genesis" />
          <Figure value={cbm(kept.held_ucbm)} unit="CBM held as deposits of disputes" />
        </div>
        {balance === "0" ? (
          <p className="text-sm text-soft">
            It is empty: a part of every receipt's fee flows in as the network is used.
          </p>
        ) : (
          <>
            <StackedBar parts={parts} label={`${cbm(free)} of ${cbm(balance)} CBM are free`} />
            <Legend parts={parts} />
          </>
        )}
      </div>
    </Card>
  );
}

import type { ReactNode } from "react";
import { getAccount, getTxs, type Account } from "../../api/chain.ts";
import { getHoldings } from "../../api/holdings.ts";
import { words } from "../../lib/format.ts";
import { FollowChain, useLive } from "../../lib/live.tsx";
import { Link } from "../../lib/router.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Show } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { HoldingsView } from "../account/holdings_view.tsx";
import { validatorHref } from "../network/links.ts";
import { useNames } from "../network/who.tsx";
import { Crumbs } from "./crumbs.tsx";
import { accountHref, ALIASES, chainHref, stateHref } from "./links.ts";
import { Paged } from "./more.tsx";
import { TxTable } from "./rows.tsx";
import { usePages } from "./use_pages.ts";

export function AccountPage({ chain, address }: { chain: string; address: string }) {
  return (
    <FollowChain chain={chain}>
      <Crumbs parts={[[chain, chainHref(chain)]]} />
      <PageHead title="Account">
        {ALIASES.filter((alias) => alias !== chain).map((alias) => (
          <Link
            key={alias}
            href={accountHref(alias, address)}
            className="text-sm text-green hover:underline"
          >
            on {alias}
          </Link>
        ))}
      </PageHead>
      <Everything chain={chain} address={address} />
    </FollowChain>
  );
}

function Everything({ chain, address }: { chain: string; address: string }) {
  const now = useNow();
  const names = useNames();
  const account = useLive(`${chain}/${address}`, (_, signal) =>
    getAccount(chain, address, signal),
  );
  const holdings = useLive(`holdings ${chain}/${address}`, (_, signal) =>
    getHoldings(chain, address, signal),
  );
  const txs = usePages((before) => getTxs(chain, address, before, 25), `${chain}/${address}`);
  const validator = names.get(address);
  return (
    <div className="space-y-6">
      <Card
        title={<Hash value={address} whole copy />}
        aside={
          validator && (
            <Link href={validatorHref(address)} className="text-green hover:underline">
              operates {validator.moniker}
            </Link>
          )
        }
      >
        <Show of={account}>{(data) => <Facts rows={factsOf(data, chain)} />}</Show>
      </Card>
      <Show of={holdings}>{(data) => <HoldingsView of={data} names={names} now={now} />}</Show>
      <Card title="Transactions that concern it">
        <Paged of={txs} empty="None on this chain">
          {(items) => <TxTable chain={chain} txs={items} now={now} />}
        </Paged>
      </Card>
    </div>
  );
}

function factsOf({ account, keys }: Account, chain: string): [string, ReactNode][] {
  const rows: [string, ReactNode][] = [
    ["Next nonce", account.nonce ?? "0"],
    [
      "Key",
      account.key?.type ? words(account.key.type, "KEY_TYPE_") : "none bound on this chain",
    ],
  ];
  if (keys?.balance) {
    rows.push([
      "Proofs",
      <span className="flex flex-wrap gap-x-4">
        <Link href={stateHref(chain, keys.balance)} className="text-green hover:underline">
          of its balance
        </Link>
        <Link href={stateHref(chain, keys.account)} className="text-green hover:underline">
          of its key and nonce
        </Link>
      </span>,
    ]);
  }
  return rows;
}

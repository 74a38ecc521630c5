import { getAccount, getTxs, type Account } from "../../api/chain.ts";
import { words } from "../../lib/format.ts";
import { cbm } from "../../lib/money.ts";
import { useResource } from "../../lib/use_resource.ts";
import { Link } from "../../lib/router.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Show } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { Crumbs } from "./crumbs.tsx";
import { accountHref, ALIASES, chainHref } from "./links.ts";
import { Paged } from "./more.tsx";
import { TxTable } from "./rows.tsx";
import { usePages } from "./use_pages.ts";

export function AccountPage({ chain, address }: { chain: string; address: string }) {
  const now = useNow();
  const account = useResource(`${chain}/${address}`, (_, signal) =>
    getAccount(chain, address, signal),
  );
  const txs = usePages((before) => getTxs(chain, address, before, 25), `${chain}/${address}`);
  const elsewhere = ALIASES.filter((alias) => alias !== chain);
  return (
    <>
      <Crumbs parts={[[chain, chainHref(chain)]]} />
      <PageHead title="Account">
        {elsewhere.map((alias) => (
          <Link
            key={alias}
            href={accountHref(alias, address)}
            className="text-sm text-green hover:underline"
          >
            on {alias}
          </Link>
        ))}
      </PageHead>
      <div className="space-y-6">
        <Card title={<Hash value={address} whole copy />}>
          <Show of={account}>{(data) => <Facts rows={factsOf(data)} />}</Show>
        </Card>
        <Card title="Transactions that concern it">
          <Paged of={txs} empty="None on this chain">
            {(items) => <TxTable chain={chain} txs={items} now={now} />}
          </Paged>
        </Card>
      </div>
    </>
  );
}

function factsOf({ account, balances, spendable }: Account): [string, string][] {
  const held = balances.coins ?? [];
  return [
    ...held.map(({ denom, amount: size }): [string, string] =>
      denom === "ucbm" ? ["Balance", `${cbm(size)} CBM`] : [denom, size],
    ),
    ...(held.length === 0 ? [["Balance", "0 CBM"] as [string, string]] : []),
    ...(spendable.spendable
      ? [["May spend", `${cbm(spendable.spendable)} CBM`] as [string, string]]
      : []),
    ["Nonce", account.nonce ?? "0"],
    [
      "Key",
      account.key?.type ? words(account.key.type, "KEY_TYPE_") : "none bound on this chain",
    ],
  ];
}

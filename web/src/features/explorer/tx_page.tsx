import { getTx, type Tx } from "../../api/chain.ts";
import { clock } from "../../lib/format.ts";
import { cbm, grouped } from "../../lib/money.ts";
import { Link } from "../../lib/router.tsx";
import { useResource } from "../../lib/use_resource.ts";
import { Card, PageHead } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { JsonView } from "../../ui/json_view.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Diff } from "./diff.tsx";
import { Events } from "./events.tsx";
import { accountHref, blockHref, chainHref } from "./links.ts";
import { msgs, StatusBadge } from "./rows.tsx";

export function TxPage({ chain, hash }: { chain: string; hash: string }) {
  const tx = useResource(`${chain}/${hash}`, (_, signal) => getTx(chain, hash, signal));
  return (
    <>
      <Crumbs parts={[[chain, chainHref(chain)]]} />
      <PageHead title="Transaction" />
      <Show of={tx}>{(data) => <Body chain={chain} tx={data} />}</Show>
    </>
  );
}

function Body({ chain, tx }: { chain: string; tx: Tx }) {
  return (
    <div className="space-y-6">
      <Card
        title={msgs(tx.msgs)}
        aside={<StatusBadge status={tx.status} name={tx.status_name} />}
      >
        <Facts
          rows={[
            ["Hash", <Hash value={tx.hash} whole copy />],
            [
              "Block",
              <Link href={blockHref(chain, tx.height)} className="text-green hover:underline">
                {grouped(String(tx.height))}, position {tx.index + 1}
              </Link>,
            ],
            ["Time", clock(tx.time_ms)],
            [
              "Signer",
              <Hash value={tx.signer} whole href={accountHref(chain, tx.signer)} copy />,
            ],
            ["Fee", `${cbm(tx.fee_ucbm)} CBM`],
            ["Gas used", grouped(String(tx.gas_used))],
            ...(tx.memo ? [["Memo", tx.memo] as [string, string]] : []),
          ]}
        />
      </Card>
      {tx.messages.map((message, i) => (
        <Card
          key={i}
          title={message.type}
          aside={tx.failed_message === i + 1 ? "this one failed" : undefined}
        >
          <div className="max-h-96 overflow-y-auto px-4 py-3">
            <JsonView value={message.value} />
          </div>
        </Card>
      ))}
      <Card title="What it changed" aside={`${tx.diff.length} state entries`}>
        {tx.diff.length === 0 ? (
          <Empty title="Nothing" />
        ) : (
          <Diff chain={chain} changes={tx.diff} />
        )}
      </Card>
      <Card title="Events" aside={`${tx.events.length}`}>
        {tx.events.length === 0 ? (
          <Empty title="None" />
        ) : (
          <Events chain={chain} of={tx.events} />
        )}
      </Card>
    </div>
  );
}

import { getBlocks, getTxs } from "../../api/chain.ts";
import { Card, PageHead } from "../../ui/card.tsx";
import { useNow } from "../../ui/time.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Paged } from "./more.tsx";
import { BlockTable, TxTable } from "./rows.tsx";
import { usePages } from "./use_pages.ts";

const LIMIT = 25;

/** One chain, page by page. */
export function ChainPage({ chain }: { chain: string }) {
  const now = useNow();
  const blocks = usePages((before) => getBlocks(chain, before, LIMIT), chain);
  const txs = usePages((before) => getTxs(chain, null, before, LIMIT), chain);
  return (
    <>
      <Crumbs parts={[]} />
      <PageHead title={chain} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title="Transactions">
          <Paged of={txs} empty="No transaction yet">
            {(items) => <TxTable chain={chain} txs={items} now={now} />}
          </Paged>
        </Card>
        <Card title="Blocks">
          <Paged of={blocks} empty="No block yet">
            {(items) => <BlockTable chain={chain} blocks={items} now={now} />}
          </Paged>
        </Card>
      </div>
    </>
  );
}

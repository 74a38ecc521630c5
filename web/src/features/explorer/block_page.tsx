import { getBlock, type Block } from "../../api/chain.ts";
import { clock } from "../../lib/format.ts";
import { useResource } from "../../lib/use_resource.ts";
import { Link } from "../../lib/router.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Events } from "./events.tsx";
import { blockHref, chainHref } from "./links.ts";
import { TxTable } from "./rows.tsx";

export function BlockPage({ chain, height }: { chain: string; height: string }) {
  const block = useResource(`${chain}/${height}`, (_, signal) => getBlock(chain, height, signal));
  return (
    <>
      <Crumbs parts={[[chain, chainHref(chain)]]} />
      <PageHead title={`Block ${height}`}>
        <div className="flex gap-4 text-sm">
          {Number(height) > 1 && (
            <Step chain={chain} to={Number(height) - 1}>
              ← earlier
            </Step>
          )}
          <Step chain={chain} to={Number(height) + 1}>
            later →
          </Step>
        </div>
      </PageHead>
      <Show of={block}>{(data) => <Body chain={chain} block={data} />}</Show>
    </>
  );
}

function Step({ chain, to, children }: { chain: string; to: number; children: string }) {
  return (
    <Link href={blockHref(chain, to)} className="text-green hover:underline">
      {children}
    </Link>
  );
}

function Body({ chain, block }: { chain: string; block: Block }) {
  const now = useNow();
  const { header } = block;
  return (
    <div className="space-y-6">
      <Card title="Header" aside="as the operator signed it">
        <Facts
          rows={[
            ["Hash", <Hash value={block.hash} whole copy />],
            ["Chain", header.chain_id],
            ["Time", clock(header.time_ms)],
            ["Previous", <Hash value={header.prev_hash} whole copy />],
            ["State root before", <Hash value={header.state_root} whole copy />],
            ["Transactions root", <Hash value={header.tx_root} whole copy />],
            ["Results root", <Hash value={header.results_root} whole copy />],
            ["Proposer's key", <Hash value={header.proposer} whole copy />],
            ["Signature", <Hash value={block.signature} whole copy />],
          ]}
        />
      </Card>
      <Card title="Transactions" aside={`${block.txs.length}`}>
        {block.txs.length === 0 ? (
          <Empty title="An empty block">Windows are counted in blocks, so time may pass.</Empty>
        ) : (
          <TxTable chain={chain} txs={block.txs} now={now} />
        )}
      </Card>
      {block.events && block.events.length > 0 && (
        <Card title="Events at the end of the block">
          <Events chain={chain} of={block.events} />
        </Card>
      )}
    </div>
  );
}

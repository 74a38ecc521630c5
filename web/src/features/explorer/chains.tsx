import { Link } from "../../lib/router.tsx";
import { grouped } from "../../lib/money.ts";
import { Card, PageHead } from "../../ui/card.tsx";
import { Empty, Loading, ProblemView } from "../../ui/states.tsx";
import { useNow } from "../../ui/time.tsx";
import { useNode } from "../shell/node_state.tsx";
import { ALIASES, chainHref } from "./links.ts";
import { BlockTable, TxTable } from "./rows.tsx";
import { useLiveChain, type LiveChain } from "./use_live_chain.ts";

const PURPOSE: Record<string, string> = {
  utility: "money, rewards, receipts of both chains' packets",
  "compute-0": "models, experts, evaluations, use",
};

/** Both chains side by side, as they grow. */
export function Chains() {
  return (
    <>
      <PageHead title="Explorer" />
      <div className="grid gap-6 lg:grid-cols-2">
        {ALIASES.map((alias) => (
          <ChainColumn key={alias} alias={alias} />
        ))}
      </div>
    </>
  );
}

function ChainColumn({ alias }: { alias: string }) {
  const chain = useLiveChain(alias, 8);
  const height = useHeight(alias, chain);
  return (
    <div className="min-w-0 space-y-4">
      <div className="flex items-baseline justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-xl">
            <Link href={chainHref(alias)} className="hover:text-green">
              {alias}
            </Link>
          </h2>
          <p className="text-sm text-soft">{PURPOSE[alias]}</p>
        </div>
        <div className="text-right">
          <div
            className="tabular font-serif text-2xl leading-tight"
            data-testid={`height-${alias}`}
          >
            {height === undefined ? "–" : grouped(String(height))}
          </div>
          <LiveDot live={chain.live} />
        </div>
      </div>
      <Lists alias={alias} chain={chain} />
    </div>
  );
}

function Lists({ alias, chain }: { alias: string; chain: LiveChain }) {
  const now = useNow();
  if (!chain.loaded) {
    return <Card>{chain.problem ? <ProblemView problem={chain.problem} /> : <Loading />}</Card>;
  }
  const more = (
    <Link href={chainHref(alias)} className="text-green hover:underline">
      all
    </Link>
  );
  return (
    <>
      <Card title="Blocks" aside={more}>
        {chain.blocks.length === 0 && <Empty title="No block yet" />}
        {chain.blocks.length > 0 && <BlockTable chain={alias} now={now} {...chain} />}
      </Card>
      <Card title="Transactions" aside={more}>
        {chain.txs.length === 0 ? (
          <Empty title="No transaction yet">They appear here as they become final.</Empty>
        ) : (
          <TxTable chain={alias} now={now} {...chain} />
        )}
      </Card>
    </>
  );
}

function useHeight(alias: string, chain: LiveChain): number | undefined {
  const { health } = useNode();
  return chain.blocks[0]?.height ?? health?.chains.find((c) => c.alias === alias)?.height;
}

export function LiveDot({ live }: { live: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-soft">
      <span className={`size-2 rounded-full ${live ? "bg-green" : "bg-edge breathe"}`} />
      {live ? "live" : "connecting"}
    </span>
  );
}

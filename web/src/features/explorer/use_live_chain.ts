// The newest blocks and transactions of a chain: first asked for, then told as they become final.
import { useEffect, useState } from "react";
import { getBlocks, getTxs, type BlockRow, type TxRow } from "../../api/chain.ts";
import { Problem } from "../../api/http.ts";
import { openSocket } from "../../lib/live_socket.ts";

export interface LiveChain {
  blocks: BlockRow[];
  txs: TxRow[];
  live: boolean;
  loaded: boolean;
  problem?: Problem;
  /** Hashes that came while we watched. */
  fresh: ReadonlySet<string>;
}

const EMPTY: LiveChain = { blocks: [], txs: [], live: false, loaded: false, fresh: new Set() };

export function addBlock(blocks: BlockRow[], block: BlockRow, keep: number): BlockRow[] {
  const others = blocks.filter(({ height }) => height !== block.height);
  return [block, ...others].sort((a, b) => b.height - a.height).slice(0, keep);
}

export function addTx(txs: TxRow[], tx: TxRow, keep: number): TxRow[] {
  const others = txs.filter(({ hash }) => hash !== tx.hash);
  return [tx, ...others].sort((a, b) => b.height - a.height || b.index - a.index).slice(0, keep);
}

function heard(chain: LiveChain, message: Record<string, unknown>, keep: number): LiveChain {
  const fresh = new Set(chain.fresh).add(String(message["hash"]));
  if (message["type"] === "block") {
    const block = message as unknown as BlockRow;
    return { ...chain, fresh, blocks: addBlock(chain.blocks, block, keep) };
  }
  if (message["type"] === "tx") {
    return { ...chain, fresh, txs: addTx(chain.txs, message as unknown as TxRow, keep) };
  }
  return chain;
}

export function useLiveChain(chain: string, keep: number): LiveChain {
  const [state, setState] = useState(EMPTY);
  useEffect(() => {
    const stop = new AbortController();
    const load = () =>
      Promise.all([
        getBlocks(chain, null, keep, stop.signal),
        getTxs(chain, null, null, keep, stop.signal),
      ]).then(
        ([blocks, txs]) =>
          setState((old) => {
            const { problem: _, ...rest } = old;
            return {
              ...rest,
              loaded: true,
              blocks: blocks.items.reduceRight(
                (all, block) => addBlock(all, block, keep),
                old.blocks,
              ),
              txs: txs.items.reduceRight((all, tx) => addTx(all, tx, keep), old.txs),
            };
          }),
        (error: unknown) => {
          if (!stop.signal.aborted) setState((old) => ({ ...old, problem: Problem.of(error) }));
        },
      );
    setState(EMPTY);
    void load();
    const socket = openSocket(`/chain/${chain}/subscribe`, {
      onMessage: (message) => setState((old) => heard(old, message, keep)),
      onState: (live) => {
        setState((old) => ({ ...old, live }));
        if (live) void load(); // what was missed while it was away
      },
    });
    return () => {
      stop.abort();
      socket.close();
    };
  }, [chain, keep]);
  return state;
}

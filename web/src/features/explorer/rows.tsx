// Tables of blocks and transactions, the same wherever they stand.
import type { BlockRow, TxRow } from "../../api/chain.ts";
import { grouped } from "../../lib/money.ts";
import { brief, words } from "../../lib/format.ts";
import { Link } from "../../lib/router.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Table } from "../../ui/table.tsx";
import { Ago } from "../../ui/time.tsx";
import { accountHref, blockHref, txHref } from "./links.ts";

export function StatusBadge({ status, name }: { status: number; name: string }) {
  const tone = status === 0 ? "good" : "bad";
  return <Badge tone={tone}>{status === 0 ? "ok" : `${status} ${words(name)}`}</Badge>;
}

export function BlockTable({
  chain,
  blocks,
  now,
  fresh,
}: {
  chain: string;
  blocks: BlockRow[];
  now: number;
  fresh?: ReadonlySet<string>;
}) {
  return (
    <Table
      rows={blocks}
      id={(row) => row.hash}
      fresh={(row) => fresh?.has(row.hash) ?? false}
      columns={[
        {
          title: "Block",
          cell: (row) => (
            <Link
              href={blockHref(chain, row.height)}
              className="font-medium text-green
            hover:underline"
            >
              {grouped(String(row.height))}
            </Link>
          ),
        },
        { title: "Hash", wide: true, cell: (row) => <Hash value={row.hash} /> },
        {
          title: "Txs",
          right: true,
          cell: (row) =>
            row.tx_count === 0 ? <span className="text-soft">0</span> : row.tx_count,
        },
        { title: "Age", right: true, cell: (row) => <Ago ms={row.time_ms} now={now} /> },
      ]}
    />
  );
}

export function TxTable({
  chain,
  txs,
  now,
  fresh,
}: {
  chain: string;
  txs: TxRow[];
  now: number;
  fresh?: ReadonlySet<string>;
}) {
  return (
    <Table
      rows={txs}
      id={(row) => row.hash}
      fresh={(row) => fresh?.has(row.hash) ?? false}
      columns={[
        {
          title: "Transaction",
          cell: (row) => (
            <Link href={txHref(chain, row.hash)} className="block text-green hover:underline">
              <span className="block break-words">{msgs(row.msgs)}</span>
              <span className="font-mono text-xs text-soft">{brief(row.hash, 8, 6)}</span>
              {row.status !== 0 && (
                <span className="ml-2 sm:hidden">
                  <StatusBadge status={row.status} name={row.status_name} />
                </span>
              )}
            </Link>
          ),
        },
        {
          title: "Signer",
          wide: true,
          cell: (row) => <Hash value={row.signer} href={accountHref(chain, row.signer)} />,
        },
        {
          title: "Status",
          wide: true,
          cell: (row) => <StatusBadge status={row.status} name={row.status_name} />,
        },
        { title: "Age", right: true, cell: (row) => <Ago ms={row.time_ms} now={now} /> },
      ]}
    />
  );
}

/** "evaluation.CommitCandidate, 2 x bank.Send": what a transaction says, briefly. */
export function msgs(types: string[]): string {
  const counts = new Map<string, number>();
  types.forEach((type) => counts.set(type, (counts.get(type) ?? 0) + 1));
  return [...counts].map(([type, n]) => (n > 1 ? `${n} × ${type}` : type)).join(", ") || "empty";
}

import type { ChainEvent } from "../../api/chain.ts";
import { Hash } from "../../ui/hash.tsx";
import { accountHref } from "./links.ts";

export function Events({ chain, of }: { chain: string; of: ChainEvent[] }) {
  return (
    <ul className="divide-y divide-line text-sm">
      {of.map((event, i) => (
        <li key={i} className="px-4 py-2 sm:grid sm:grid-cols-[14rem_1fr] sm:gap-4">
          <span className="font-mono text-xs break-words">{event.type}</span>
          <span className="tabular flex min-w-0 flex-wrap gap-x-4">
            {Object.entries(event.attributes).map(([key, value]) => (
              <span key={key} className="min-w-0 break-words">
                <span className="text-soft">{key}</span> <Value chain={chain} value={value} />
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Value({ chain, value }: { chain: string; value: string }) {
  if (/^cbm1[0-9a-z]{20,}$/.test(value)) {
    return <Hash value={value} href={accountHref(chain, value)} />;
  }
  return /^[0-9a-f]{40,}$/.test(value) ? <Hash value={value} /> : <>{value}</>;
}

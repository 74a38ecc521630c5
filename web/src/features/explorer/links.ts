// Where things are in the explorer.
import type { SearchHit } from "../../api/chain.ts";

export const ALIASES = ["utility", "compute-0"] as const;

export const chainHref = (chain: string) => `/explorer/${chain}`;
export const blockHref = (chain: string, height: number | string) =>
  `/explorer/${chain}/block/${height}`;
export const txHref = (chain: string, hash: string) => `/explorer/${chain}/tx/${hash}`;
export const accountHref = (chain: string, address: string) =>
  `/explorer/${chain}/account/${address}`;
export const stateHref = (chain: string, key: string) => `/explorer/${chain}/state/${key}`;

export function hitHref(hit: SearchHit): string {
  switch (hit.kind) {
    case "block":
      return blockHref(hit.chain, hit.id);
    case "tx":
      return txHref(hit.chain, hit.id);
    case "account":
      return accountHref(hit.chain, hit.id);
    case "model":
      return `/model/${encodeURIComponent(hit.id)}`;
    default:
      return "/model";
  }
}

/** What was asked for by its whole name comes first; hits that lead to one page are one. */
export function ranked(hits: SearchHit[], wanted: string): SearchHit[] {
  const pages = [...new Map(hits.map((hit) => [hitHref(hit), hit])).values()];
  return pages.sort((a, b) => Number(b.id === wanted) - Number(a.id === wanted));
}

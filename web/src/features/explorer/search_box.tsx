import { useEffect, useState } from "react";
import { search, type SearchHit } from "../../api/chain.ts";
import { brief } from "../../lib/format.ts";
import { go, Link } from "../../lib/router.tsx";
import { Badge } from "../../ui/badge.tsx";
import { hitHref, ranked } from "./links.ts";

const WAIT_MS = 150;

/** Finds blocks, transactions, accounts, models and experts over both chains; "/" jumps here. */
export function SearchBox() {
  const [text, setText] = useState("");
  const [hits, setHits] = useState<SearchHit[] | null>(null);
  useEffect(() => {
    const wanted = text.trim();
    if (!wanted) return setHits(null);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      search("utility", wanted, stop.signal).then(
        (page) => setHits(ranked(page.items, wanted)),
        () => undefined,
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  const open = (hit: SearchHit | undefined) => {
    if (!hit) return;
    setText("");
    go(hitHref(hit));
  };
  return (
    <form
      role="search"
      className="relative mb-5"
      onSubmit={(event) => {
        event.preventDefault();
        open(hits?.[0]);
      }}
    >
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label="Search both chains"
        onKeyDown={(e) => e.key === "Escape" && setText("")}
        placeholder="Height, hash, address, model or expert"
        className="w-full rounded-lg border border-edge bg-card px-4 py-2 focus:border-green
          focus:outline-none"
      />
      {hits && <Hits hits={hits} leave={() => setText("")} />}
    </form>
  );
}

function Hits({ hits, leave }: { hits: SearchHit[]; leave: () => void }) {
  return (
    <ul
      className="absolute inset-x-0 top-full z-10 mt-1 max-h-80 divide-y divide-line
      overflow-y-auto rounded-lg border border-edge bg-card shadow-lg"
    >
      {hits.length === 0 && <li className="px-4 py-3 text-sm text-soft">Nothing found</li>}
      {hits.map((hit) => (
        <li key={hit.chain + hit.kind + hit.id}>
          <Link
            href={hitHref(hit)}
            onClick={leave}
            className="flex items-center gap-3 px-4 py-2
            text-sm hover:bg-leaf focus:bg-leaf"
          >
            <Badge>{hit.kind}</Badge>
            <span className="min-w-0 flex-1 truncate">{hit.title || brief(hit.id, 12, 8)}</span>
            <span className="text-xs text-soft">{hit.chain}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

import { grouped } from "../../lib/money.ts";
import { Link } from "../../lib/router.tsx";
import { useNode } from "./node_state.tsx";

/** A dot and both heights: what lives, at a glance. */
export function NodeBadge() {
  const { health, ready, down } = useNode();
  const [dot, text] = down
    ? ["bg-warn", "node is down"]
    : !health
      ? ["bg-edge breathe", "connecting"]
      : ready?.ready
        ? ["bg-green", "ready"]
        : ["bg-warn breathe", "growing"];
  return (
    <div className="flex items-center gap-3 text-xs text-soft" role="status">
      {!down &&
        health?.chains.map((chain) => (
          <Link
            key={chain.alias}
            href={`/explorer/${chain.alias}`}
            className="tabular hidden whitespace-nowrap hover:text-green lg:inline"
          >
            {chain.alias} <span className="text-ink">{grouped(String(chain.height))}</span>
          </Link>
        ))}
      <span
        className="flex items-center gap-1.5 whitespace-nowrap"
        title={ready?.waiting_for.join(", ")}
      >
        <span className={`size-2.5 rounded-full ${dot}`} />
        {text}
      </span>
    </div>
  );
}

import type { Json, StateChange } from "../../api/chain.ts";
import { Link } from "../../lib/router.tsx";
import { JsonView } from "../../ui/json_view.tsx";
import { shortLabel } from "./label.ts";
import { stateHref } from "./links.ts";

/** State entries before and after a transaction; each leads to its proof. */
export function Diff({ chain, changes }: { chain: string; changes: StateChange[] }) {
  return (
    <ul className="divide-y divide-line">
      {changes.map((change) => (
        <li key={change.key} className="px-4 py-3">
          <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
            <span className="min-w-0 break-words">
              <span className="text-soft">{change.module}</span> {shortLabel(change.label)}
            </span>
            <Link href={stateHref(chain, change.key)} className="text-green hover:underline">
              verify its proof
            </Link>
          </div>
          <div className="grid gap-2 sm:grid-cols-2">
            <Side title="before" value={change.before} other={change.after} />
            <Side title="after" value={change.after} other={change.before} fresh />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Side({
  title,
  value,
  other,
  fresh = false,
}: {
  title: string;
  value: Json;
  other: Json;
  fresh?: boolean;
}) {
  return (
    <div className={`min-w-0 rounded-md px-3 py-2 ${fresh ? "bg-leaf" : "bg-sunk"}`}>
      <div className="mb-1 text-xs text-soft dark:text-ink">{title}</div>
      <div className="max-h-72 overflow-y-auto">
        <JsonView value={onlyChanged(value, other)} />
      </div>
    </div>
  );
}

/** Of two records only the fields that differ, so that a change is seen at once. */
export function onlyChanged(value: Json, other: Json): Json {
  const isRecord = (json: Json): json is { [key: string]: Json } =>
    json !== null && typeof json === "object" && !Array.isArray(json);
  if (!isRecord(value) || !isRecord(other)) return value;
  const kept = Object.entries(value).filter(
    ([key, item]) => JSON.stringify(item) !== JSON.stringify(other[key]),
  );
  return Object.fromEntries(kept);
}

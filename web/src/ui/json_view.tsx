import type { Json } from "../api/chain.ts";
import { brief } from "../lib/format.ts";

function scalar(value: null | boolean | number | string) {
  if (value === null) return <span className="font-mono text-xs text-soft">none</span>;
  if (typeof value !== "string") return <span>{String(value)}</span>;
  const long = /^([0-9a-f]{40,}|cbm1[0-9a-z]{20,})$/.test(value);
  return (
    <span title={value} className="break-all">
      {long ? brief(value, 14, 8) : value}
    </span>
  );
}

/** A record as an indented list: no braces, no quotes. Long hashes are shortened; hover tells. */
export function JsonView({ value }: { value: Json }) {
  if (value === null || typeof value !== "object") return scalar(value);
  const entries = Array.isArray(value)
    ? value.map((item, i) => [String(i + 1), item] as const)
    : Object.entries(value);
  if (entries.length === 0) return <span className="text-soft">empty</span>;
  return (
    <ul className="min-w-0 font-mono text-xs leading-relaxed">
      {entries.map(([key, item]) => {
        const deep = item !== null && typeof item === "object" && Object.keys(item).length > 0;
        return (
          <li key={key} className="min-w-0">
            <span className="text-soft">{key}</span>{" "}
            {deep ? (
              <div className="ml-1 border-l border-line pl-3">
                <JsonView value={item} />
              </div>
            ) : (
              <JsonView value={item} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

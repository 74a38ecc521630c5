import type { Json } from "../api/chain.ts";
import { brief } from "../lib/format.ts";

function Scalar({ value }: { value: null | boolean | number | string }) {
  const text = value === null ? "none" : String(value);
  const long = /^([0-9a-f]{40,}|cbm1[0-9a-z]{20,})$/.test(text);
  return (
    <span
      title={long ? text : undefined}
      className={`font-mono text-xs break-all ${value === null ? "text-soft" : ""}`}
    >
      {long ? brief(text, 14, 8) : text}
    </span>
  );
}

/** A record as an indented list: no braces, no quotes. Long hashes are shortened; hover tells. */
export function JsonView({ value }: { value: Json }) {
  if (value === null || typeof value !== "object") return <Scalar value={value} />;
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

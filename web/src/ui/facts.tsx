import type { ReactNode } from "react";

/** Names and values, one line each; values may be long. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode][] }) {
  return (
    <dl className="divide-y divide-line text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="gap-x-4 px-4 py-2 sm:grid sm:grid-cols-[10rem_1fr]">
          <dt className="text-soft">{name}</dt>
          <dd className="tabular min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A number that matters, with its unit below. */
export function Figure({
  value,
  unit,
  tone = "",
}: {
  value: ReactNode;
  unit: string;
  tone?: string;
}) {
  return (
    <div className="min-w-0">
      <div className={`tabular truncate font-serif text-xl leading-tight sm:text-2xl ${tone}`}>
        {value}
      </div>
      <div className="text-xs text-soft">{unit}</div>
    </div>
  );
}

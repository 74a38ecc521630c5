// Shares drawn as lengths: one look for stake, votes and coins.
import type { ReactNode } from "react";

export interface Part {
  name: string;
  /** 0 to 1 of the whole. */
  share: number;
  look: string;
  /** What the legend says beside the name. */
  text: ReactNode;
}

export interface Mark {
  at: number;
  name: string;
}

/** Parts of a whole side by side; what is left over stays empty. Marks stand across the bar. */
export function StackedBar({
  parts,
  marks = [],
  label,
}: {
  parts: Part[];
  marks?: Mark[];
  label: string;
}) {
  return (
    <div className="relative" role="img" aria-label={label}>
      <div className="flex h-3 overflow-hidden rounded-full border border-line bg-sunk">
        {parts
          .filter(({ share }) => share > 0)
          .map((part) => (
            <div
              key={part.name}
              title={part.name}
              className={`h-full transition-[width] duration-500 ${part.look}`}
              style={{ width: `max(2px, ${part.share * 100}%)` }}
            />
          ))}
      </div>
      {marks.map((mark) => (
        <div
          key={mark.name}
          title={mark.name}
          className="absolute -top-1 h-5 w-0.5 rounded bg-ink"
          style={{ left: `calc(${Math.min(mark.at, 1) * 100}% - 1px)` }}
        />
      ))}
    </div>
  );
}

export function Legend({ parts }: { parts: Part[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {parts.map((part) => (
        <li key={part.name} className="tabular flex items-center gap-1.5">
          <span className={`size-2.5 rounded-full border border-line ${part.look}`} />
          <span>{part.name}</span>
          <span className="text-soft">{part.text}</span>
        </li>
      ))}
    </ul>
  );
}

/** One share by itself, small enough for a table. */
export function ShareBar({ share, warn = false }: { share: number; warn?: boolean }) {
  return (
    <span className="inline-block h-1.5 w-16 overflow-hidden rounded-full bg-sunk align-middle">
      <span
        className={`block h-full rounded-full ${warn ? "bg-warn" : "bg-green"}`}
        style={{ width: `${Math.min(share, 1) * 100}%` }}
      />
    </span>
  );
}

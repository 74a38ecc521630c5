import { useState } from "react";
import type { Quality, Slice } from "../../api/models.ts";
import { count, percent } from "../../lib/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Empty } from "../../ui/states.tsx";

type Measure = keyof Quality;
const MEASURES: [Measure, string, number][] = [
  ["bits_per_byte", "bits/byte", 3],
  ["perplexity", "perplexity", 1],
  ["nats", "nats/token", 3],
];

/** Each kind of text before and after; lower is better. */
export function SlicesCard({ slices }: { slices: Slice[] }) {
  const [measure, setMeasure] = useState<Measure>("bits_per_byte");
  const places = MEASURES.find(([key]) => key === measure)?.[2] ?? 2;
  const most = Math.max(
    1e-9,
    ...slices.flatMap(({ before, after }) => [before?.[measure] ?? 0, after?.[measure] ?? 0]),
  );
  const choice = (
    <span role="group" aria-label="Measure" className="flex gap-1">
      {MEASURES.map(([key, text]) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === measure}
          onClick={() => setMeasure(key)}
          className="rounded px-1.5 aria-pressed:bg-leaf aria-pressed:text-green"
        >
          {text}
        </button>
      ))}
    </span>
  );
  return (
    <Card title="What it reads how well" aside={choice}>
      {slices.length === 0 && <Empty title="Not measured yet" />}
      <ul className="divide-y divide-line">
        {slices.map((slice) => (
          <li key={slice.name} className="px-4 py-3 text-sm">
            <SliceHead slice={slice} measure={measure} />
            <Bar name="before" value={slice.before?.[measure]} most={most} places={places} />
            <Bar name="after" value={slice.after?.[measure]} most={most} places={places} grown />
          </li>
        ))}
      </ul>
      {slices.length > 0 && (
        <p className="border-t border-line px-4 py-2 text-xs text-soft">
          On text that was never trained on, public and hidden halves together. Lower is better.
        </p>
      )}
    </Card>
  );
}

function SliceHead({ slice, measure }: { slice: Slice; measure: Measure }) {
  const [before, after] = [slice.before?.[measure], slice.after?.[measure]];
  const change = before && after ? after / before - 1 : undefined;
  return (
    <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-3">
      <span className="min-w-0">
        <span className="font-medium">{slice.name}</span>{" "}
        <span className="text-xs text-soft">
          {count(slice.tokens)} tokens, {slice.licence}
        </span>
      </span>
      {change !== undefined && (
        <Badge tone={change < -0.005 ? "good" : "calm"}>
          {change > 0 ? "+" : ""}
          {percent(change)}
        </Badge>
      )}
    </div>
  );
}

function Bar({
  name,
  value,
  most,
  places,
  grown = false,
}: {
  name: string;
  value: number | undefined;
  most: number;
  places: number;
  grown?: boolean;
}) {
  return (
    <div className="tabular grid grid-cols-[3.2rem_1fr_4.2rem] items-center gap-2 py-0.5">
      <span className="text-xs text-soft">{name}</span>
      <span className="h-3 rounded-sm bg-sunk">
        {value !== undefined && (
          <span
            style={{ width: `${(value / most) * 100}%` }}
            className={`block h-full rounded-sm ${grown ? "bg-green" : "bg-wood/60"}`}
          />
        )}
      </span>
      <span className="text-right">{value === undefined ? "–" : value.toFixed(places)}</span>
    </div>
  );
}

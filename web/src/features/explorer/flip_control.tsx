import type { Evidence } from "../../proof/verify.ts";
import { Button } from "../../ui/button.tsx";

export interface Flip {
  part: "proof" | "value" | "header" | "signature" | "light";
  at: number;
}

const PARTS: Flip["part"][] = ["proof", "value", "header", "signature"];
// Validators sign no header of ours: their votes stand in a light block.
const VOTED: Flip["part"][] = ["proof", "value", "light"];
const NAMES: Partial<Record<Flip["part"], string>> = { light: "light block" };

/** Turns over one bit of one byte, to see that the proof is then refused. */
export function FlipControl({
  evidence,
  flip,
  change,
}: {
  evidence: Evidence;
  flip: Flip | null;
  change: (flip: Flip | null) => void;
}) {
  const parts = (evidence.light ? VOTED : PARTS).filter((part) => evidence[part] !== undefined);
  const part = flip?.part ?? "proof";
  const size = evidence[part]?.length ?? 1;
  const at = flip?.at ?? Math.floor(size / 2);
  const choose = (to: Flip["part"]) =>
    change({ part: to, at: Math.floor((evidence[to]?.length ?? 1) / 2) });
  return (
    <fieldset className="space-y-2 border-t border-line px-4 py-3 text-sm">
      <legend className="sr-only">Spoil one byte</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => change(flip ? null : { part, at })}>
          {flip ? "Put it back" : "Flip one byte"}
        </Button>
        <label className="flex items-center gap-2 text-soft">
          of the
          <select
            value={part}
            onChange={(event) => choose(event.target.value as Flip["part"])}
            className="rounded-md border border-edge bg-paper px-2 py-1 text-ink"
          >
            {parts.map((name) => (
              <option key={name} value={name}>
                {NAMES[name] ?? name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {flip && (
        <label className="block text-soft">
          <span className="tabular">
            byte {at + 1} of {size}
          </span>
          <input
            type="range"
            min={0}
            max={size - 1}
            value={at}
            className="w-full accent-warn"
            onChange={(event) => change({ part, at: Number(event.target.value) })}
          />
        </label>
      )}
    </fieldset>
  );
}

import type { ReactNode } from "react";

export type Tone = "good" | "bad" | "calm";

const LOOK: Record<Tone, string> = {
  good: "bg-leaf text-green",
  bad: "bg-amber text-warn",
  calm: "bg-sunk text-soft",
};

export function Badge({ tone = "calm", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-full px-2 py-px text-xs font-medium whitespace-nowrap
      ${LOOK[tone]}`}
    >
      {children}
    </span>
  );
}

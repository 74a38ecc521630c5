import { Link } from "../../lib/router.tsx";
import { percent } from "../../lib/format.ts";
import type { ExpertShare } from "./turn.ts";

/** Anchor experts of a model born here are 0 to 3; what was contributed has a higher number. */
export function isContributed(name: string, anchorPerLayer = 4): boolean {
  return Number(/\.expert(\d+)$/.exec(name)?.[1] ?? 0) >= anchorPerLayer;
}

const label = (name: string) => name.replace("layer", "L").replace(".expert", " · E");

/** Who answered: a chip an expert, the deeper its fill the more of the gate it had. */
export function ExpertChips({ experts, tokens }: { experts: ExpertShare[]; tokens: number }) {
  if (experts.length === 0) return null;
  const most = Math.max(...experts.map((expert) => expert.gate_mass), 1e-9);
  const sorted = experts.toSorted(
    (a, b) =>
      Number(isContributed(b.name)) - Number(isContributed(a.name)) ||
      a.name.localeCompare(b.name),
  );
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label="Experts that answered">
      {sorted.map((expert) => (
        <li key={expert.name}>
          <Chip expert={expert} share={expert.gate_mass / most} tokens={tokens} />
        </li>
      ))}
    </ul>
  );
}

function Chip({ expert, share, tokens }: { expert: ExpertShare; share: number; tokens: number }) {
  const own = isContributed(expert.name);
  const part = percent(expert.gate_mass / Math.max(tokens, 1), 0);
  return (
    <Link
      href="/model"
      title={`${expert.name}: ${expert.tokens} tokens, gate mass ${expert.gate_mass.toFixed(3)}`}
      className={`tabular relative block overflow-hidden rounded-full border px-2.5 py-0.5 text-xs
        ${own ? "border-green text-green" : "border-line text-ink"}`}
    >
      <span
        aria-hidden="true"
        style={{ width: `${share * 100}%` }}
        className={`absolute inset-y-0 left-0 ${own ? "bg-leaf" : "bg-sunk"}`}
      />
      <span className="relative">
        {own && <span aria-label="contributed">⚘ </span>}
        {label(expert.name)}
        <span className={own ? "" : "text-soft"}>
          {" "}
          {expert.tokens} tok · {part}
        </span>
      </span>
    </Link>
  );
}

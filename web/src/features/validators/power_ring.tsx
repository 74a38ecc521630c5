// Who could stop the chain, and who could rule it: power as a ring, like a year in a trunk.
import type { ValidatorRow } from "../../api/consensus.ts";
import { share, sum } from "../../lib/share.ts";
import { Empty } from "../../ui/states.tsx";

const SIZE = 200;
const RADIUS = 74;
const WIDTH = 26;

interface Sector {
  name: string;
  from: number;
  to: number;
}

/** Sectors in order of power, and how many it takes to hold more than a third. */
export function sectors(rows: ValidatorRow[]): { sectors: Sector[]; stop: number } {
  const active = rows.filter(({ power }) => power !== "0");
  const total = sum(active.map(({ power }) => power));
  let at = 0;
  let stop = 0;
  const out = active.map((row) => {
    const from = at;
    at += share(row.power, total);
    if (from <= 1 / 3) stop += 1;
    return { name: row.moniker || row.operator, from, to: at };
  });
  return { sectors: out, stop };
}

function arc({ from, to }: Sector): string {
  const gap = to - from >= 0.999 ? 0 : Math.min(0.004, (to - from) / 4);
  const point = (turn: number) => {
    const angle = turn * 2 * Math.PI - Math.PI / 2;
    return `${(SIZE / 2 + RADIUS * Math.cos(angle)).toFixed(2)} ${(
      SIZE / 2 +
      RADIUS * Math.sin(angle)
    ).toFixed(2)}`;
  };
  const end = Math.min(to - gap, from + 0.9999);
  return `M${point(from + gap)}A${RADIUS} ${RADIUS} 0 ${end - from > 0.5 ? 1 : 0} 1 ${point(end)}`;
}

export function PowerRing({ rows }: { rows: ValidatorRow[] }) {
  const { sectors: all, stop } = sectors(rows);
  if (all.length === 0) return <Empty title="No power is bonded" />;
  return (
    <figure className="p-4">
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        className="mx-auto block w-44"
        role="img"
        aria-label={`Power of ${all.length} validators; ${stop} hold more than a third`}
      >
        {all.map((sector, i) => (
          <path
            key={sector.name + i}
            d={arc(sector)}
            strokeWidth={WIDTH}
            className={`fill-none ${i < stop ? "stroke-green" : "stroke-wood"}`}
            opacity={1 - Math.min(0.6, i * 0.08)}
          >
            <title>
              {sector.name}: {((sector.to - sector.from) * 100).toFixed(1)} %
            </title>
          </path>
        ))}
        <text
          x={SIZE / 2}
          y={SIZE / 2 + 2}
          textAnchor="middle"
          className="fill-ink font-serif text-[34px]"
        >
          {stop}
        </text>
        <text
          x={SIZE / 2}
          y={SIZE / 2 + 20}
          textAnchor="middle"
          className="fill-soft text-[10px]"
        >
          could stop it
        </text>
      </svg>
      <figcaption className="mt-3 text-center text-sm text-soft">
        A block needs more than two thirds of the power.{" "}
        {stop === 1
          ? "One validator alone holds more than a third and could stop the chain."
          : `The ${stop} strongest together hold more than a third.`}
      </figcaption>
    </figure>
  );
}

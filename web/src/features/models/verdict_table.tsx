import type { SliceVerdict } from "../../api/models.ts";
import { gain, words } from "../../lib/format.ts";
import { grouped } from "../../lib/money.ts";
import { Badge } from "../../ui/badge.tsx";

/** A candidate's numbers for each kind of text and half, in nats per token. */
export function VerdictTable({ slices }: { slices: SliceVerdict[] }) {
  const most = Math.max(1, ...slices.map((slice) => Math.abs(Number(slice.mean_gain_nano))));
  return (
    <table className="w-full text-xs sm:text-sm">
      <thead className="text-left text-xs text-soft">
        <tr>
          <th className="py-1 font-normal">text</th>
          <th className="hidden w-1/4 font-normal sm:table-cell">harm | gain</th>
          <th className="pl-2 text-right font-normal">mean gain</th>
          <th className="pl-2 text-right font-normal">at least</th>
          <th className="pl-2 text-right font-normal">harm at most</th>
          <th className="hidden text-right font-normal sm:table-cell">sequences</th>
        </tr>
      </thead>
      <tbody className="tabular">
        {slices.map((slice) => (
          <tr key={slice.name + slice.half} className="border-t border-line">
            <td className="py-1.5 pr-2">
              {slice.name} <span className="text-soft">{words(slice.half)}</span>{" "}
              {slice.target && <Badge tone="good">target</Badge>}
            </td>
            <td className="hidden sm:table-cell">
              <Diverging part={Number(slice.mean_gain_nano) / most} />
            </td>
            <td className="pl-2 text-right whitespace-nowrap">{gain(slice.mean_gain_nano)}</td>
            <td className="pl-2 text-right whitespace-nowrap">{gain(slice.lower_bound_nano)}</td>
            <td className="pl-2 text-right whitespace-nowrap">{gain(slice.upper_harm_nano)}</td>
            <td className="hidden text-right sm:table-cell">
              {grouped(String(slice.sequences))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A bar from the middle: to the right what was gained, to the left what was harmed. */
function Diverging({ part }: { part: number }) {
  const width = `${Math.abs(part) * 50}%`;
  return (
    <span className="relative mr-3 block h-2.5 rounded-sm bg-sunk" aria-hidden="true">
      <span
        className={`absolute inset-y-0 ${part < 0 ? "right-1/2 bg-warn" : "left-1/2 bg-green"}`}
        style={{ width }}
      />
    </span>
  );
}

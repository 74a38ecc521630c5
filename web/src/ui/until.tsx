import { untilText } from "../lib/countdown.ts";
import { clock } from "../lib/format.ts";

/** How long until then, counting down; the moment itself on hovering. */
export function Until({ ms, now, past = "now" }: { ms: number; now: number; past?: string }) {
  return (
    <time dateTime={new Date(ms).toISOString()} title={clock(ms)} className="tabular">
      {ms <= now ? past : untilText(ms, now)}
    </time>
  );
}

import { Badge } from "../../ui/badge.tsx";
import { fromMicros } from "../../lib/money.ts";
import { duration, rate } from "../../lib/format.ts";
import { ExpertChips } from "./expert_chips.tsx";
import { exact, running, type Turn } from "./turn.ts";

export function TurnView({ turn }: { turn: Turn }) {
  return (
    <article className="min-w-0 space-y-2.5" aria-busy={running(turn)}>
      {!turn.experts && <Badge>without experts: the shared part alone</Badge>}
      <p className="font-serif text-[1.06rem] leading-relaxed break-words whitespace-pre-wrap">
        <span className="text-soft">{turn.prompt}</span>
        <span data-testid="answer">{turn.text}</span>
        {running(turn) && (
          <span className="breathe text-green" aria-hidden="true">
            ▍
          </span>
        )}
      </p>
      {turn.problem ? (
        <p role="alert" className="rounded-md bg-amber px-3 py-2 text-sm">
          <b className="text-warn">{turn.problem.detail}</b> {turn.problem.nextStep}
        </p>
      ) : (
        <Bill turn={turn} />
      )}
      <ExpertChips experts={turn.answeredBy} tokens={turn.tokens + turn.inputTokens} />
    </article>
  );
}

function Bill({ turn }: { turn: Turn }) {
  const done = turn.maxTokens > 0 ? turn.tokens / turn.maxTokens : 0;
  return (
    <div className="space-y-1.5">
      {running(turn) && (
        <div
          className="h-1 overflow-hidden rounded-full bg-sunk"
          role="progressbar"
          aria-label="Answer"
          aria-valuemin={0}
          aria-valuemax={turn.maxTokens}
          aria-valuenow={turn.tokens}
        >
          <div className="h-full bg-green" style={{ width: `${done * 100}%` }} />
        </div>
      )}
      <p className="tabular flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
        <span title="Input and every token so far, in credits">
          <b className="font-medium text-ink" data-testid="cost">
            {fromMicros(turn.charged ?? turn.sum)}
          </b>{" "}
          credits
        </span>
        <span>
          {turn.tokens} of {turn.maxTokens || "…"} tokens
        </span>
        {turn.rate > 0 && <span>{rate(turn.rate)} tokens/s</span>}
        {running(turn) && turn.tokens > 0 && <span>+{fromMicros(turn.lastCost)} the last</span>}
        <Ending turn={turn} />
      </p>
    </div>
  );
}

function Ending({ turn }: { turn: Turn }) {
  if (turn.state === "cancelling") return <span className="text-warn">cancelling…</span>;
  if (turn.state === "waiting") return <span>waiting for the node…</span>;
  if (running(turn)) return null;
  return (
    <>
      {turn.seconds > 0 && <span>{duration(turn.seconds)}</span>}
      {turn.state === "cancelled" && (
        <span className="text-warn">cancelled, billed so far only</span>
      )}
      {exact(turn) && (
        <span className="text-green" title="Input and token prices add up to the charge exactly">
          ✓ {fromMicros(turn.inputCost)} + tokens = charge
        </span>
      )}
    </>
  );
}

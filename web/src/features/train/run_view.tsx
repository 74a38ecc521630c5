import { useState } from "react";
import { cancelRun, type Run } from "../../api/train.ts";
import { Problem } from "../../api/http.ts";
import { clock, count, duration } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Facts, Figure } from "../../ui/facts.tsx";
import { LineChart } from "../../ui/line_chart.tsx";
import { Empty, ProblemView } from "../../ui/states.tsx";
import { RunState } from "./run_state.tsx";
import { useCurve } from "./use_curve.ts";

export function RunView({ run }: { run: Run }) {
  const points = useCurve(run);
  return (
    <>
      <Card title={run.title} aside={<RunState state={run.state} />}>
        <Progress run={run} />
        <div className="grid grid-cols-2 gap-4 px-4 pt-4 sm:grid-cols-4">
          <Figure
            value={count(run.step)}
            unit={run.steps > 0 ? `of ${count(run.steps)} steps` : "steps"}
          />
          <Figure value={run.loss > 0 ? run.loss.toFixed(3) : "–"} unit="nats per token" />
          <Figure value={run.tokens_per_s > 0 ? count(run.tokens_per_s) : "–"} unit="tokens/s" />
          {run.state === "running" ? (
            <Figure value={duration(run.eta_s)} unit="to go" />
          ) : (
            <Figure value={clock(run.started_ms).slice(11, 16)} unit="UTC, when it began" />
          )}
        </div>
        <div className="px-2 pt-3 pb-2 sm:px-4">
          {points.length > 1 ? (
            <LineChart
              name={run.id}
              points={points}
              end={run.steps}
              x="step"
              y="loss in nats per token"
            />
          ) : (
            <Empty title="No curve yet">The first points come with the first steps.</Empty>
          )}
        </div>
      </Card>
      <Details run={run} />
    </>
  );
}

function Progress({ run }: { run: Run }) {
  const part = run.steps > 0 ? Math.min(1, run.step / run.steps) : 0;
  return (
    <div
      className="h-1 bg-sunk"
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={run.steps}
      aria-valuenow={run.step}
    >
      <div className="h-full bg-green transition-[width]" style={{ width: `${part * 100}%` }} />
    </div>
  );
}

function Details({ run }: { run: Run }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const rows = Object.entries(run.detail ?? {});
  if (rows.length === 0 && run.state !== "running") return null;
  return (
    <Card title="Details" aside={run.id}>
      {rows.length > 0 && <Facts rows={rows} />}
      {problem && <ProblemView problem={problem} />}
      {run.state === "running" && (
        <div className="border-t border-line p-3">
          <Button
            kind="quiet"
            className="text-warn"
            onClick={() => cancelRun(run.id).catch((error) => setProblem(Problem.of(error)))}
          >
            Ask it to stop
          </Button>
        </div>
      )}
    </Card>
  );
}

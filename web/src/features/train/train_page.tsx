import { Link } from "../../lib/router.tsx";
import type { Run } from "../../api/train.ts";
import { Card, PageHead } from "../../ui/card.tsx";
import { Empty, Loading, ProblemView } from "../../ui/states.tsx";
import { LiveDot } from "../explorer/chains.tsx";
import { HowTo } from "./how_to.tsx";
import { RunView } from "./run_view.tsx";
import { RunList } from "./run_list.tsx";
import { useRuns, type Runs } from "./use_runs.ts";

export function TrainPage({ id }: { id: string | undefined }) {
  const all = useRuns();
  const chosen = pick(all.runs, id);
  return (
    <>
      <PageHead title="Train">
        <LiveDot live={all.live} />
      </PageHead>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="min-w-0 space-y-6">
          {chosen ? (
            <RunView run={chosen} />
          ) : (
            <Card>
              <Nothing all={all} id={id} />
            </Card>
          )}
        </div>
        <aside className="min-w-0 space-y-6">
          <Card title="Runs" aside={all.runs.length}>
            <RunList runs={all.runs} chosen={chosen} />
          </Card>
          <HowTo />
        </aside>
      </div>
    </>
  );
}

/** The run that was asked for; else the one that moves; else the newest. */
export function pick(runs: Run[], id: string | undefined): Run | undefined {
  if (id) return runs.find((run) => run.id === id);
  return runs.find((run) => run.state === "running") ?? runs[0];
}

function Nothing({ all, id }: { all: Runs; id: string | undefined }) {
  if (all.problem && !all.live) return <ProblemView problem={all.problem} />;
  if (!all.loaded) return <Loading />;
  return id ? (
    <Empty title="There is no such run">
      Runs are kept while the node runs.{" "}
      <Link href="/training" className="text-green underline">
        All runs
      </Link>
    </Empty>
  ) : (
    <Empty title="Nothing trains right now">
      When the node grows its model, or you train an expert, its loss appears here step by step.
    </Empty>
  );
}

import type { Run } from "../../api/train.ts";
import { Link } from "../../lib/router.tsx";
import { Empty } from "../../ui/states.tsx";
import { RunState } from "./run_state.tsx";

export function RunList({ runs, chosen }: { runs: Run[]; chosen: Run | undefined }) {
  if (runs.length === 0) return <Empty title="None yet" />;
  return (
    <ul className="max-h-96 divide-y divide-line overflow-y-auto">
      {runs.map((run) => (
        <li key={run.id}>
          <Link
            href={`/training/${encodeURIComponent(run.id)}`}
            aria-current={run.id === chosen?.id ? "true" : undefined}
            className="block px-4 py-2.5 text-sm hover:bg-sunk aria-[current]:bg-leaf"
          >
            <span className="flex items-baseline justify-between gap-2">
              <span className="min-w-0 truncate">{run.title}</span>
              <RunState state={run.state} />
            </span>
            <span className="tabular text-xs text-soft">
              {run.kind},{" "}
              {run.steps > 0 ? `step ${run.step} of ${run.steps}` : `step ${run.step}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

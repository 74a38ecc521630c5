import { duration } from "../../lib/format.ts";
import { Link } from "../../lib/router.tsx";
import { useRuns } from "../train/use_runs.ts";

/** While there is no model to answer: how far the first one has grown. */
export function Growing() {
  const { runs } = useRuns();
  const run = runs.find(({ state }) => state === "running");
  const part = run && run.steps > 0 ? run.step / run.steps : 0;
  return (
    <div className="mt-6 max-w-prose rounded-lg border border-line bg-card p-4" role="status">
      <p className="font-serif text-lg">It is growing</p>
      <p className="tabular mt-1 text-sm text-soft">
        {run
          ? `${run.title}: step ${run.step} of ${run.steps}, about ${duration(run.eta_s)} to go.`
          : "Text is read, blocks are published, numbers are measured: this takes a few minutes."}
      </p>
      <div className="my-3 h-1.5 overflow-hidden rounded-full bg-sunk">
        <div
          className={`h-full bg-green transition-[width] ${run ? "" : "breathe"}`}
          style={{ width: run ? `${part * 100}%` : "100%" }}
        />
      </div>
      <Link href="/training" className="text-sm text-green underline">
        Watch the loss fall
      </Link>
    </div>
  );
}

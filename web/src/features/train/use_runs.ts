// All runs, kept up to date by /train/stream. The browser reconnects the stream by itself.
import { useEffect, useState } from "react";
import { getRuns, type Run } from "../../api/train.ts";
import { Problem } from "../../api/http.ts";

export interface Runs {
  runs: Run[];
  loaded: boolean;
  live: boolean;
  problem?: Problem;
}

/** Newest first; a run that is known is replaced where it stands. */
export function withRun(runs: Run[], run: Run): Run[] {
  return runs.some(({ id }) => id === run.id)
    ? runs.map((old) => (old.id === run.id ? run : old))
    : [run, ...runs];
}

export function useRuns(): Runs {
  const [state, setState] = useState<Runs>({ runs: [], loaded: false, live: false });
  useEffect(() => {
    const stop = new AbortController();
    getRuns(stop.signal).then(
      (page) => setState((old) => ({ ...old, loaded: true, runs: page.items })),
      (error: unknown) => {
        if (!stop.signal.aborted) setState((old) => ({ ...old, problem: Problem.of(error) }));
      },
    );
    const stream = new EventSource("/train/stream");
    stream.addEventListener("run", ({ data }: MessageEvent<string>) => {
      const run = JSON.parse(data) as Run;
      setState((old) => ({ ...old, loaded: true, runs: withRun(old.runs, run) }));
    });
    stream.onopen = () => setState(({ problem: _, ...old }) => ({ ...old, live: true }));
    stream.onerror = () => setState((old) => ({ ...old, live: false }));
    return () => {
      stop.abort();
      stream.close();
    };
  }, []);
  return state;
}

// A run's loss curve: asked for once, then grown by the news of the stream.
import { useEffect, useState } from "react";
import { getRun, type Run } from "../../api/train.ts";
import type { Point } from "../../ui/line_chart.tsx";

/** The curve with one more point; a step that is known already changes nothing. */
export function grown(points: Point[], step: number, loss: number): Point[] {
  const last = points.at(-1)?.[0] ?? -1;
  return step > last && loss > 0 ? [...points, [step, loss]] : points;
}

export function useCurve(run: Run | undefined): Point[] {
  const [points, setPoints] = useState<Point[]>([]);
  const id = run?.id;
  // A run that begins anew under its old id has a new start.
  const started = run?.started_ms;
  useEffect(() => {
    setPoints([]);
    if (!id) return;
    const stop = new AbortController();
    getRun(id, stop.signal).then(
      (whole) =>
        setPoints((live) =>
          live.reduce<Point[]>((all, [step, loss]) => grown(all, step, loss), whole.points),
        ),
      () => undefined, // the page shows the run's other numbers meanwhile
    );
    return () => stop.abort();
  }, [id, started]);
  useEffect(() => {
    if (run) setPoints((old) => grown(old, run.step, run.loss));
  }, [run]);
  return points;
}

import { expect, test } from "vitest";
import type { Run } from "../../api/train.ts";
import { pick } from "./train_page.tsx";
import { grown } from "./use_curve.ts";
import { withRun } from "./use_runs.ts";

const run = (id: string, state: Run["state"] = "done", step = 0) => ({ id, state, step }) as Run;

test("news of a run replace it where it stands; a new run comes first", () => {
  const runs = [run("b"), run("a")];
  expect(withRun(runs, run("a", "running", 5)).map(({ id, step }) => [id, step])).toEqual([
    ["b", 0],
    ["a", 5],
  ]);
  expect(withRun(runs, run("c")).map(({ id }) => id)).toEqual(["c", "b", "a"]);
});

test("what moves is shown first", () => {
  const runs = [run("c"), run("b", "running"), run("a")];
  expect(pick(runs, undefined)?.id).toBe("b");
  expect(pick(runs, "a")?.id).toBe("a");
  expect(pick([run("c"), run("a")], undefined)?.id).toBe("c");
  expect(pick(runs, "gone")).toBeUndefined();
});

test("a curve only grows forward", () => {
  const curve = grown(grown([], 1, 8.2), 2, 8.1);
  expect(grown(curve, 2, 7)).toBe(curve);
  expect(grown(curve, 3, 0)).toBe(curve); // no loss is known yet
  expect(curve).toEqual([
    [1, 8.2],
    [2, 8.1],
  ]);
});

import { expect, test } from "vitest";
import { smoothed, ticks } from "./scale.ts";

test("ticks are round and within the range", () => {
  expect(ticks(0, 10)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(ticks(4.4, 4.64)).toEqual([4.4, 4.45, 4.5, 4.55, 4.6]);
  expect(ticks(1.83, 8.4)).toEqual([2, 4, 6, 8]);
  expect(ticks(3, 3)).toEqual([3]);
});

test("the mean of equal values is that value from the first", () => {
  expect(smoothed([2, 2, 2], 10)).toEqual([2, 2, 2]);
});

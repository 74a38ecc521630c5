import { expect, test } from "vitest";
import { exact, newTurn, next, running, type Message } from "./turn.ts";

const start: Message = { kind: "start", input_cost: "0.000040", input_tokens: 4, max_tokens: 8 };
const token = (text: string, cost: string, total: string): Message => ({
  kind: "token",
  token: text,
  cost,
  cumulative_cost: total,
  tokens_per_second: 30,
});
const end = (cost: string, reason: string): Message => ({
  kind: "end",
  total_tokens: 2,
  total_cost: cost,
  duration: 0.1,
  reason,
  experts: [],
});
const play = (...said: Message[]) => said.reduce(next, newTurn("1", "hello", true));

test("the price runs with the tokens and sums exactly (B/STR-01)", () => {
  const turn = play(
    start,
    token("a", "0.000020", "0.000060"),
    token("b", "0.000021", "0.000081"),
  );
  expect([turn.text, turn.sum, turn.charged]).toEqual(["ab", 81n, 81n]);
  const ended = next(turn, end("0.000081", "length"));
  expect([ended.state, exact(ended)]).toEqual(["done", true]);
});

test("a charge that differs from the sum is noticed", () => {
  const turn = play(start, token("a", "0.000020", "0.000060"), end("0.000061", "length"));
  expect(exact(turn)).toBe(false);
});

test("a cancelled answer ends with what was sent", () => {
  const turn = play(
    start,
    token("a", "0.000020", "0.000060"),
    { kind: "cancelling" },
    end("0.000060", "cancelled"),
  );
  expect([turn.state, exact(turn)]).toEqual(["cancelled", true]);
});

test("a broken connection after cancel is a cancel, before it a failure", () => {
  expect(play(start, { kind: "cancelling" }, { kind: "gone" }).state).toBe("cancelled");
  expect(play(start, { kind: "gone" }).state).toBe("failed");
});

test("nothing moves an answer that has ended", () => {
  const turn = play({ kind: "error", detail: "no model", next_step: "wait" });
  expect(running(turn)).toBe(false);
  expect(next(turn, start)).toBe(turn);
});

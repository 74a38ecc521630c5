// One prompt and its answer, as a value that messages of the node move on. Costs are BigInt
// micro-credits; the node's own running total is compared with the sum of what each token cost.
import { micros } from "../../lib/money.ts";

export interface ExpertShare {
  name: string;
  tokens: number;
  gate_mass: number;
}

export interface Turn {
  id: string;
  prompt: string;
  /** Whether experts took part, or only the shared part of the model answered. */
  experts: boolean;
  state: "waiting" | "streaming" | "cancelling" | "done" | "cancelled" | "failed";
  text: string;
  tokens: number;
  inputTokens: number;
  maxTokens: number;
  inputCost: bigint;
  /** Input cost and the cost of every token, summed here. */
  sum: bigint;
  /** What the node says it cost. */
  charged?: bigint;
  lastCost: bigint;
  rate: number;
  seconds: number;
  answeredBy: ExpertShare[];
  reason: string;
  problem?: { detail: string; nextStep: string };
}

export interface StreamStart {
  kind: "start";
  input_cost: string;
  input_tokens: number;
  max_tokens: number;
}
export interface StreamToken {
  kind: "token";
  token: string;
  cost: string;
  cumulative_cost: string;
  tokens_per_second: number;
}
export interface StreamEnd {
  kind: "end";
  total_tokens: number;
  total_cost: string;
  duration: number;
  reason: string;
  experts: ExpertShare[];
}
export interface StreamError {
  kind: "error";
  detail: string;
  next_step: string;
}
/** Said by the page itself: the reader pressed cancel, or the connection broke after it. */
export interface Local {
  kind: "cancelling" | "gone";
}
export type Message = StreamStart | StreamToken | StreamEnd | StreamError | Local;

export function newTurn(id: string, prompt: string, experts: boolean): Turn {
  return {
    id,
    prompt,
    experts,
    state: "waiting",
    text: "",
    tokens: 0,
    inputTokens: 0,
    maxTokens: 0,
    inputCost: 0n,
    sum: 0n,
    lastCost: 0n,
    rate: 0,
    seconds: 0,
    answeredBy: [],
    reason: "",
  };
}

export const running = ({ state }: Turn) =>
  state === "waiting" || state === "streaming" || state === "cancelling";

/** Whether the sum of the tokens is exactly what was charged. */
export const exact = (turn: Turn) => turn.charged !== undefined && turn.charged === turn.sum;

function onToken(turn: Turn, said: StreamToken): Turn {
  const cost = micros(said.cost);
  return {
    ...turn,
    text: turn.text + said.token,
    tokens: turn.tokens + 1,
    lastCost: cost,
    sum: turn.sum + cost,
    charged: micros(said.cumulative_cost),
    rate: said.tokens_per_second,
    state: turn.state === "cancelling" ? "cancelling" : "streaming",
  };
}

export function next(turn: Turn, said: Message): Turn {
  if (!running(turn)) return turn;
  switch (said.kind) {
    case "start": {
      const inputCost = micros(said.input_cost);
      const state = turn.state === "cancelling" ? turn.state : "streaming";
      return {
        ...turn,
        state,
        inputCost,
        sum: inputCost,
        charged: inputCost,
        inputTokens: said.input_tokens,
        maxTokens: said.max_tokens,
      };
    }
    case "token":
      return onToken(turn, said);
    case "end":
      return {
        ...turn,
        state:
          said.reason === "cancelled" || said.reason === "consumer_stopped"
            ? "cancelled"
            : "done",
        charged: micros(said.total_cost),
        seconds: said.duration,
        answeredBy: said.experts,
        reason: said.reason,
      };
    case "error":
      return {
        ...turn,
        state: "failed",
        problem: { detail: said.detail, nextStep: said.next_step },
      };
    case "cancelling":
      return { ...turn, state: "cancelling" };
    case "gone":
      if (turn.state === "cancelling")
        return { ...turn, state: "cancelled", reason: "cancelled" };
      return {
        ...turn,
        state: "failed",
        problem: {
          detail: "The connection to the node broke.",
          nextStep: "You pay for the tokens you see. Send the prompt again.",
        },
      };
  }
}

// The conversation: turns in order, and what the reader can do to them.
import { useCallback, useEffect, useRef, useState } from "react";
import { Transport, type Ask, type Way } from "./transport.ts";
import { newTurn, next, running, type Message, type Turn } from "./turn.ts";

export interface Settings {
  maxTokens: number;
  temperature: number;
  topP: number;
  topK: number;
  /** Empty: the node draws one. */
  seed: string;
  experts: "with" | "without" | "both";
  way: Way;
}

export const DEFAULTS: Settings = {
  maxTokens: 64,
  temperature: 0.8,
  topP: 0.95,
  topK: 0,
  seed: "",
  experts: "with",
  way: "websocket",
};

function asksOf(prompt: string, settings: Settings): Ask[] {
  const both = settings.experts === "both";
  // To be compared, two answers must make the same draws.
  const drawn = both ? String(Math.floor(Math.random() * 2 ** 31)) : "";
  const seed = settings.seed || drawn;
  const ask = (use_moe: boolean): Ask => ({
    prompt,
    use_moe,
    max_tokens: settings.maxTokens,
    temperature: settings.temperature,
    top_p: settings.topP,
    top_k: settings.topK,
    ...(seed ? { seed: Number(seed) } : {}),
  });
  return both ? [ask(false), ask(true)] : [ask(settings.experts === "with")];
}

export function useChat() {
  const [turns, setTurns] = useState<Turn[]>([]);
  const transport = useRef<Transport | null>(null);
  const made = useRef(0);

  useEffect(() => {
    const hear = (id: string, message: Message) =>
      setTurns((all) => all.map((turn) => (turn.id === id ? next(turn, message) : turn)));
    const opened = new Transport(hear);
    transport.current = opened;
    return () => opened.close();
  }, []);

  const send = useCallback((prompt: string, settings: Settings) => {
    const asks = asksOf(prompt, settings);
    const added = asks.map((ask) => {
      made.current += 1;
      return {
        ask,
        turn: newTurn(`${Date.now().toString(36)}-${made.current}`, prompt, ask.use_moe),
      };
    });
    setTurns((all) => [...all, ...added.map(({ turn }) => turn)]);
    added.forEach(({ ask, turn }) => transport.current?.start(turn.id, ask, settings.way));
  }, []);

  const cancel = useCallback(() => {
    turns.filter(running).forEach((turn) => transport.current?.cancel(turn.id));
  }, [turns]);

  return { turns, send, cancel, busy: turns.some(running) };
}

// One GET as React state: loading, then data or a problem; asked again on demand or by a clock.
import { useCallback, useEffect, useState } from "react";
import { Problem } from "../api/http.ts";

export interface Resource<T> {
  data?: T;
  problem?: Problem;
  loading: boolean;
  reload: () => void;
}

interface Answer<T> {
  key: string | null;
  data?: T;
  problem?: Problem;
}

/** `key` names what is asked; null asks nothing. Old data stays on show while it is asked again. */
export function useResource<T>(
  key: string | null,
  ask: (key: string, signal: AbortSignal) => Promise<T>,
  everyMs = 0,
): Resource<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ key: null });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    ask(key, stop.signal).then(
      (data) => setAnswer({ key, data }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const problem = Problem.of(error);
        setAnswer((last) => (last.key === key ? { ...last, problem } : { key, problem }));
      },
    );
    return () => stop.abort();
    // `ask` is a new closure at each render; `key` says whether it asks for something else.
  }, [key, round]);
  useEffect(() => {
    if (key === null || everyMs === 0) return;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [key, everyMs, reload]);
  const current = answer.key === key ? answer : {};
  return {
    ...(current as Omit<Answer<T>, "key">),
    loading: key !== null && answer.key !== key,
    reload,
  };
}

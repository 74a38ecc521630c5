import { useEffect, useState } from "react";
import { ago, clock } from "../lib/format.ts";

/** The present, anew every second. */
export function useNow(everyMs = 1000): number {
  const [now, set] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export function Ago({ ms, now }: { ms: number; now: number }) {
  return (
    <time dateTime={new Date(ms).toISOString()} title={clock(ms)}>
      {ago(ms, now)}
    </time>
  );
}

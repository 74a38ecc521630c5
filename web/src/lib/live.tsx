// What changes with the chain is asked again when a block arrives; one socket for a whole page.
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { openSocket } from "./live_socket.ts";
import { useResource, type Resource } from "./use_resource.ts";

const AT_MOST_EVERY_MS = 1500;
const ANYWAY_EVERY_MS = 20_000;

interface Beat {
  /** Grows with the chain. */
  count: number;
  live: boolean;
}

const Context = createContext<Beat>({ count: 0, live: false });

/** Lets everything inside follow the blocks of one chain. */
export function FollowChain({ chain, children }: { chain: string; children: ReactNode }) {
  const [beat, set] = useState<Beat>({ count: 0, live: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        set((old) => ({ ...old, count: old.count + 1 }));
      }, AT_MOST_EVERY_MS);
    };
    const socket = openSocket(`/chain/${chain}/subscribe`, {
      onMessage: (message) => message["type"] === "block" && soon(),
      onState: (live) => {
        set((old) => ({ ...old, live }));
        if (live) soon(); // what was missed while it was away
      },
    });
    return () => {
      clearTimeout(timer);
      socket.close();
    };
  }, [chain]);
  return <Context value={beat}>{children}</Context>;
}

export const useBeat = () => useContext(Context);

/** A resource that follows the chain around it. */
export function useLive<T>(
  key: string | null,
  ask: (key: string, signal: AbortSignal) => Promise<T>,
): Resource<T> {
  const resource = useResource(key, ask, ANYWAY_EVERY_MS);
  const { reload } = resource;
  const { count } = useBeat();
  useEffect(() => {
    if (count > 0) reload();
  }, [count, reload]);
  return resource;
}

// One watch over the node for every page: is it there, how high are its chains, is it ready.
import { createContext, useContext, type ReactNode } from "react";
import type { Problem } from "../../api/http.ts";
import { getHealth, getReady, type Health, type Ready } from "../../api/system.ts";
import { useResource } from "../../lib/use_resource.ts";

export interface NodeState {
  health?: Health;
  ready?: Ready;
  /** Set while the node does not answer. */
  down?: Problem;
}

const EVERY_MS = 2500;
const Context = createContext<NodeState>({});

export function NodeWatch({ children }: { children: ReactNode }) {
  const health = useResource("health", (_, signal) => getHealth(signal), EVERY_MS);
  const ready = useResource("ready", (_, signal) => getReady(signal), EVERY_MS);
  const state: NodeState = {
    ...(health.data ? { health: health.data } : {}),
    ...(ready.data ? { ready: ready.data } : {}),
    ...(health.problem ? { down: health.problem } : {}),
  };
  return <Context value={state}>{children}</Context>;
}

export const useNode = () => useContext(Context);

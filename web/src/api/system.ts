// Health, readiness and credits.
import { get, Problem } from "./http.ts";

export interface Health {
  status: string;
  version: string;
  uptime_s: number;
  chains: { id: string; alias: string; height: number; app_hash: string; time_ms: number }[];
}

export interface Ready {
  ready: boolean;
  waiting_for: string[];
}

export interface Credits {
  account: string;
  balance: string;
  held: string;
}

export const getHealth = (signal: AbortSignal) => get<Health>("/health", signal);
export const getCredits = (signal: AbortSignal) => get<Credits>("/credits", signal);

/** A node that is not ready answers 503 with the same shape. */
export async function getReady(signal: AbortSignal): Promise<Ready> {
  const response = await fetch("/ready", { signal }).catch((error: unknown) => {
    throw Problem.of(error);
  });
  const body = (await response.json().catch(() => null)) as Ready | null;
  if (!body || typeof body.ready !== "boolean") throw Problem.from(response.status, body);
  return body;
}

/** Tells networks apart: what was learnt about one says nothing about another. */
export const getGenesis = (signal: AbortSignal) =>
  get<{ genesis_hash: string; chains: Record<string, string> }>("/genesis/hash", signal);

// Training runs.
import { get, post, type Page } from "./http.ts";

export interface Run {
  id: string;
  kind: string;
  title: string;
  state: "running" | "done" | "failed" | "cancelled";
  step: number;
  steps: number;
  loss: number;
  tokens_per_s: number;
  eta_s: number;
  started_ms: number;
  detail: Record<string, string>;
}

export interface RunWithPoints extends Run {
  points: [step: number, loss: number][];
}

export const getRuns = (signal: AbortSignal) => get<Page<Run>>("/train/runs", signal);
export const getRun = (id: string, signal: AbortSignal) =>
  get<RunWithPoints>(`/train/runs/${encodeURIComponent(id)}`, signal);
export const cancelRun = (id: string) =>
  post<{ requested: boolean }>(`/train/runs/${encodeURIComponent(id)}/cancel`, {});

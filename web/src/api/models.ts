// Models, their blocks, evaluations, lineage and the main job's story.
import type { Json } from "./chain.ts";
import { get, type Page } from "./http.ts";

export interface Quality {
  nats: number;
  perplexity: number;
  bits_per_byte: number;
}

export interface Slice {
  name: string;
  dataset: string;
  licence: string;
  tokens: number;
  before: Quality | null;
  after: Quality | null;
}

export interface ModelRow {
  id: string;
  name: string;
  version: string;
  generation: number;
  index_root: string;
  architecture: Record<string, Json>;
  anchor_experts: number;
  contributed_experts: number;
  slices: Slice[];
}

export interface ModelBlock {
  id: string;
  type: string;
  name: string;
  layer: number;
  depends_on: string[];
  payload_root: string;
  payload_bytes: number;
  account: string;
  version: number;
  height: number;
  status: string;
  evaluation: number | string | null;
  gain_nano: string | number;
}

export interface Model extends ModelRow {
  blocks: ModelBlock[];
  index: { expert: string; block: string; version: number }[];
}

export interface SliceVerdict {
  name: string;
  half: string;
  target: boolean;
  mean_gain_nano: string | number;
  lower_bound_nano: string | number;
  upper_harm_nano: string | number;
  sequences: number | string;
}

export interface Evaluation {
  id: string | number;
  /** Null until the candidate is revealed. */
  expert: string | null;
  experts: string[];
  account: string;
  status: string;
  /** Null when nothing was wrong. */
  reason: string | null;
  opened_height: number;
  decided_height: number;
  slices: SliceVerdict[];
  committee: { account: string; committed: boolean; revealed: boolean }[];
  reward_ucbm: string | null;
  target_slice: string;
  /** Where it failed; empty when it did not, or when no slice is to blame. */
  failed_slice: string;
  measured_nano: string | number;
  limit_nano: string | number;
  other_candidate: string | number;
  detail: string;
}

export interface DatasetUse {
  id: string;
  version: string;
  samples: number;
  /** Anchor data, so that nothing is forgotten. */
  replay: boolean;
  /** Null where the utility chain does not know the dataset. */
  name: string | null;
  licence: string | null;
  source: string | null;
}

export interface LineageExpert {
  name: string;
  block: string;
  trainer: string;
  manifest: Record<string, Json>;
  datasets: DatasetUse[];
}

export interface Story {
  before_after: Slice[];
  continuations: { prompt: string; before: string; after: string }[];
  refused?: {
    kind: string;
    reason: string;
    slice: string;
    measured_nano: string;
    limit_nano: string;
  }[];
  timings: { part: string; seconds: number }[];
  reward_ucbm?: string;
  trainer?: string;
}

export interface ExpertUse {
  name: string;
  model: string;
  calls: number;
  tokens: number;
  gate_mass: number;
  earned_nano_ucbm: string;
  quality: number | null;
}

const at = (id: string, rest = "") => `/models/${encodeURIComponent(id)}${rest}`;

export const getModels = (signal: AbortSignal) => get<Page<ModelRow>>("/models", signal);
export const getModel = (id: string, signal: AbortSignal) => get<Model>(at(id), signal);
export const getEvaluations = (id: string, signal: AbortSignal) =>
  get<Page<Evaluation>>(at(id, "/evaluations"), signal);
export const getLineage = (id: string, signal: AbortSignal) =>
  get<{ experts: LineageExpert[] }>(at(id, "/lineage"), signal);
export const getStory = (id: string, signal: AbortSignal) => get<Story>(at(id, "/story"), signal);
export const getTopExperts = (signal: AbortSignal) =>
  get<Page<ExpertUse>>("/experts/top?limit=50", signal);

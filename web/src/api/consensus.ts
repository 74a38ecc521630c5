// Validators, stake and governance: /consensus/... of the chain that holds the stake, and the
// treasury's own questions.
import { get, type Page } from "./http.ts";
import type { Json } from "./chain.ts";

export interface Upgrade {
  name: string;
  height: string;
  rules_version: number;
  info: string;
}

export interface ConsensusStatus {
  chain_id: string;
  engine: "cometbft" | "embedded";
  height: number;
  time_ms: number;
  active_validators: number;
  active_ucbm: string;
  epoch: { number?: string; paid_ucbm?: string; yield_ucbm?: string; genesis_time_ms?: string };
  rules_version: number;
  newest_rules: number;
  next_upgrade: Upgrade | null;
  emergency_acts: number;
}

export interface ValidatorRow {
  operator: string;
  consensus_address: string;
  moniker: string;
  status: "ACTIVE" | "WAITING" | "JAILED";
  level: string;
  power: string;
  tokens_ucbm: string;
  self_bond_ucbm: string;
  commission_nano: string;
  jailed_until_ms: string;
  key_revoked: boolean;
  slashes: string;
  missed: string;
  blocks: string;
  uptime_nano: string;
  absent_since_ms: string;
}

export interface Penalty {
  operator: string;
  kind: string;
  infraction_height: string;
  time_ms: string;
  burnt_ucbm: string;
  fraction_nano?: string;
}

export interface Validator {
  operator: string;
  consensus_address: string;
  status: ValidatorRow["status"];
  level: string;
  power: string;
  self_bond_ucbm: string;
  validator: {
    consensus_key: string;
    tokens_ucbm: string;
    commission: { rate_nano: string; max_nano: string; max_change_nano: string };
    description: { moniker: string; website: string; contact: string; details: string };
    created_ms: string;
    created_height: string;
    jailed_until_ms: string;
    key_revoked: boolean;
    outstanding_ucbm: string;
    commission_ucbm: string;
  };
  signing: {
    missed: string;
    blocks: string;
    epoch_missed: string;
    uptime_nano: string;
    absent_since_height: string;
    absent_since_ms: string;
    censorship_occasions: number;
  };
  penalties: Penalty[];
}

export interface StakePart {
  validator: string;
  amount_ucbm: string;
  locked_ucbm: string;
  rewards_ucbm: string;
}

export interface Unbonding {
  validator: string;
  id: string;
  amount_ucbm: string;
  matures_ms: string;
}

export interface Redelegation {
  from: string;
  to: string;
  id: string;
  amount_ucbm: string;
  matures_ms: string;
}

export interface Stake {
  address: string;
  delegations: StakePart[];
  unbondings: Unbonding[];
  redelegations: Redelegation[];
  rewards_ucbm: string;
  commission_ucbm: string;
  withdraw_to: string;
}

export interface Sums {
  yes: string;
  no: string;
  abstain: string;
  veto: string;
  electorate: string;
}

export interface Rule {
  quorum_nano?: string;
  threshold_nano?: string;
  veto_nano?: string;
  deposit_ucbm?: string;
  required_votes?: number;
}

export type Action = { [kind: string]: Json } & {
  decoded?: { type: string; value: Json } | null;
};

export interface Ballot {
  voter: string;
  choice: string;
  voted_ms: string;
  weight: string;
}

export interface Proposal {
  id: string;
  track: string;
  proposer: string;
  title: string;
  summary: string;
  actions: Action[];
  status: string;
  deposit_ucbm: string;
  depositors: number;
  submitted_ms: string;
  voting_start_ms: string;
  voting_end_ms: string;
  sums?: Sums;
  so_far?: Sums;
  rule: Rule;
  required_votes: number;
  failure: number;
  failed_action: number;
  decided_ms: string;
  expires_ms: string;
  ballots?: Ballot[];
}

export interface Act {
  act: string;
  detail: { proposal: string; action: Action; since_ms: string; until_ms: string };
}

export interface Upgrades {
  items: Upgrade[];
  rules_version: number;
  newest_rules: number;
  height: number;
}

export type Params = Record<string, Record<string, Json>>;

export interface Trial {
  status: string;
  why: string;
  before_json: string;
  after_json: string;
}

const ask = <T>(path: string, signal: AbortSignal) => get<T>(`/consensus/${path}`, signal);

export const getStatus = (signal: AbortSignal) => ask<ConsensusStatus>("status", signal);
export const getValidators = (signal: AbortSignal) =>
  ask<Page<ValidatorRow>>("validators?limit=100", signal);
export const getValidator = (operator: string, signal: AbortSignal) =>
  ask<Validator>(`validators/${encodeURIComponent(operator)}`, signal);
export const getEvidence = (signal: AbortSignal) => ask<Page<Penalty>>("evidence", signal);
export const getUpgrades = (signal: AbortSignal) => ask<Upgrades>("upgrades", signal);
export const getParams = (signal: AbortSignal) => ask<Params>("params", signal);
export const getStake = (address: string, signal: AbortSignal) =>
  ask<Stake>(`accounts/${encodeURIComponent(address)}`, signal);
export const getProposals = (before: string | null, signal: AbortSignal) =>
  ask<Page<Proposal>>(`proposals?limit=20${before ? `&before=${before}` : ""}`, signal);
export const getProposal = (id: string, signal: AbortSignal) =>
  ask<Proposal>(`proposals/${encodeURIComponent(id)}`, signal);

/** A module's own question on the chain that holds the stake. */
export async function question<T>(name: string, signal: AbortSignal): Promise<T> {
  const { result } = await get<{ result: T }>(`/chain/utility/query/${name}`, signal);
  return result;
}

export const getActs = (signal: AbortSignal) =>
  question<{ items?: Act[] }>("governance/acts", signal);

/** What a change of one parameter would do, or why it would be refused. */
export const tryParam = (
  { module, field, value }: { module: string; field: string; value: string },
  signal: AbortSignal,
) =>
  question<Trial>(
    `governance/try_param?module=${module}&field=${field}&value_json=${encodeURIComponent(value)}`,
    signal,
  );

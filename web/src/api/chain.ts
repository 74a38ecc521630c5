// Both chains: /chain/{alias}/...
import type { StateAnswer } from "../proof/verify.ts";
import { get, type Page } from "./http.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface BlockRow {
  height: number;
  hash: string;
  time_ms: number;
  tx_count: number;
  state_root: string;
  proposer?: string;
}

export interface TxRow {
  hash: string;
  height: number;
  index: number;
  time_ms: number;
  status: number;
  status_name: string;
  msgs: string[];
  signer: string;
  fee_ucbm: string;
  gas_used: number;
}

export interface ChainEvent {
  type: string;
  attributes: Record<string, string>;
}

export interface Header {
  chain_id: string;
  height: number;
  time_ms: number;
  prev_hash: string;
  state_root: string;
  tx_root: string;
  results_root: string;
  proposer: string;
}

export interface Block {
  hash: string;
  header: Header;
  header_bytes: string;
  signature: string;
  txs: TxRow[];
  events?: ChainEvent[];
}

export interface StateChange {
  key: string;
  module: string;
  label: string;
  before: Json;
  after: Json;
}

export interface Tx extends TxRow {
  memo: string;
  messages: { type: string; value: Json }[];
  events: ChainEvent[];
  diff: StateChange[];
  failed_message?: number;
}

export interface StateEntry extends StateAnswer {
  state_root: string;
  header: Header;
  module?: string;
  label?: string;
  decoded?: Json;
}

export interface Account {
  address: string;
  account: { nonce?: string; key?: { type?: string; bytes?: string } };
  balances: { coins?: { denom: string; amount: string }[] };
  spendable: { spendable?: string };
  /** State entries that prove it. */
  keys?: { account: string; balance: string };
}

export interface SearchHit {
  kind: string;
  id: string;
  title: string;
  chain: string;
}

const at = (chain: string, rest: string) => `/chain/${encodeURIComponent(chain)}/${rest}`;
const page = (before: string | null, limit: number) =>
  `limit=${limit}${before ? `&before=${encodeURIComponent(before)}` : ""}`;

export const getBlocks = (
  chain: string,
  before: string | null,
  limit: number,
  signal?: AbortSignal,
) => get<Page<BlockRow>>(at(chain, `blocks?${page(before, limit)}`), signal);

export const getTxs = (
  chain: string,
  account: string | null,
  before: string | null,
  limit: number,
  signal?: AbortSignal,
) =>
  get<Page<TxRow>>(
    at(chain, `txs?${page(before, limit)}${account ? `&account=${account}` : ""}`),
    signal,
  );

export const getBlock = (chain: string, height: string, signal: AbortSignal) =>
  get<Block>(at(chain, `blocks/${height}`), signal);

export const getTx = (chain: string, hash: string, signal: AbortSignal) =>
  get<Tx>(at(chain, `txs/${hash}`), signal);

export const getAccount = (chain: string, address: string, signal: AbortSignal) =>
  get<Account>(at(chain, `accounts/${address}`), signal);

export const getState = (chain: string, key: string, signal: AbortSignal) =>
  get<StateEntry>(at(chain, `state/${key}`), signal);

export const search = (chain: string, text: string, signal?: AbortSignal) =>
  get<Page<SearchHit>>(at(chain, `search?q=${encodeURIComponent(text)}`), signal);

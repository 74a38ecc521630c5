// Everything one account holds, in one answer. What a chain lacks is null.
import { get } from "./http.ts";
import type { Redelegation, StakePart, Unbonding } from "./consensus.ts";

export interface Grant {
  granter: string;
  grantee: string;
  message: string;
  grant: {
    expires_ms: string;
    spend_left_ucbm: string;
    uses_left: number;
    limited_spend: boolean;
    limited_uses: boolean;
  };
}

interface GuardianSet {
  guardians?: string[];
  threshold: number;
  delay_ms: string;
}

export interface Guardians {
  guardians: { now?: GuardianSet; next?: GuardianSet; next_from_ms: string };
  recovery?: { approvals?: string[]; ready_ms: string };
}

export interface Holdings {
  address: string;
  balances: { coins?: { denom: string; amount: string }[] };
  token: { amount: string; held: string; vesting: string; spendable: string };
  stake: { items?: StakePart[]; total_ucbm: string; commission_ucbm: string } | null;
  unbondings: { items?: Unbonding[] } | null;
  redelegations: { items?: Redelegation[] } | null;
  tickets: { tickets?: string[] } | null;
  grants: { given?: Grant[]; received?: Grant[] } | null;
  guardians: Guardians | null;
  groups: {
    items?: { id: string; group: { title: string; account: string; members: number } }[];
  } | null;
  tier: { tier: number; votes: number } | null;
  frozen: { until_ms: string } | null;
  votes: { proposal: string; title: string; status: string; ballot: { choice: string } }[] | null;
}

export const getHoldings = (chain: string, address: string, signal: AbortSignal) =>
  get<Holdings>(
    `/chain/${encodeURIComponent(chain)}/accounts/${encodeURIComponent(address)}/holdings`,
    signal,
  );

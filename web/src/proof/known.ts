// Whom this browser trusts on a network: the operator's key, or the validators, as it first saw
// them and, where sets change, as it followed them. A node that later shows others is noticed.
import { getGenesis } from "../api/system.ts";
import { fromHex } from "../lib/bytes.ts";
import { remember, remembered } from "../lib/theme.ts";
import { decodeLightBlock } from "./light_block.ts";
import { readSet, setOf, writeSet, type TrustedSet } from "./trusted_set.ts";
import type { Evidence } from "./verify.ts";

export interface Known {
  /** Milliseconds since the epoch when it was first seen. */
  since: number;
  /** The operator's key; empty where validators sign. */
  key: Uint8Array;
  trusted?: TrustedSet;
}

async function place(chainId: string, what: string, signal: AbortSignal): Promise<string> {
  const { genesis_hash } = await getGenesis(signal);
  return `cambium.${what}.${genesis_hash}.${chainId}`;
}

export async function knownOperator(
  chainId: string,
  shown: string,
  signal: AbortSignal,
): Promise<Known> {
  const at = await place(chainId, "operator", signal);
  const [key, since] = (remembered(at) ?? "").split(" ");
  if (key && since) return { key: fromHex(key), since: Number(since) };
  const now = Date.now();
  remember(at, `${shown} ${now}`);
  return { key: fromHex(shown), since: now };
}

/** The trusted validators; the shown ones when this browser knows none yet. */
export async function knownValidators(
  chainId: string,
  light: Uint8Array,
  signal: AbortSignal,
): Promise<Known> {
  const at = await place(chainId, "validators", signal);
  const [since, ...rest] = (remembered(at) ?? "").split(" ");
  const trusted = readSet(rest.join(" "));
  if (since && trusted) return { key: new Uint8Array(), since: Number(since), trusted };
  const now = Date.now();
  try {
    const first = setOf(decodeLightBlock(light));
    remember(at, `${now} ${writeSet(first)}`);
    return { key: new Uint8Array(), since: now, trusted: first };
  } catch {
    return { key: new Uint8Array(), since: now }; // the checks will say what is wrong with it
  }
}

/** After all checks held: from now on this newer set is the one to start from. */
export async function follow(chainId: string, evidence: Evidence, known: Known): Promise<void> {
  if (!evidence.light || !known.trusted) return;
  const next = setOf(decodeLightBlock(evidence.light));
  if (next.height <= known.trusted.height) return;
  const at = await place(chainId, "validators", new AbortController().signal);
  remember(at, `${known.since} ${writeSet(next)}`);
}

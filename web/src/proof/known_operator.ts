// The operator's key as this browser first saw it, for each network and chain: a node that later
// shows another key is noticed.
import { getGenesis } from "../api/system.ts";
import { fromHex } from "../lib/bytes.ts";
import { remember, remembered } from "../lib/theme.ts";

export interface Known {
  key: Uint8Array;
  /** Milliseconds since the epoch when it was first seen. */
  since: number;
}

export async function knownOperator(
  chainId: string,
  shown: string,
  signal: AbortSignal,
): Promise<Known> {
  const { genesis_hash } = await getGenesis(signal);
  const place = `cambium.operator.${genesis_hash}.${chainId}`;
  const [key, since] = (remembered(place) ?? "").split(" ");
  if (key && since) return { key: fromHex(key), since: Number(since) };
  const now = Date.now();
  remember(place, `${shown} ${now}`);
  return { key: fromHex(shown), since: now };
}

// The validators this browser trusts. A later set is believed when validators that hold more than
// a third of the trusted power signed for it: at least one of them is honest, or the chain is lost
// anyway. Trust is not carried further than the time in which a cheater's stake can be slashed.
import { fromHex, sameBytes, toHex } from "../lib/bytes.ts";
import { spanText } from "../lib/countdown.ts";
import { validatorsHash, type LightBlock } from "./light_block.ts";
import { Refused } from "./tree.ts";
import type { Tally } from "./votes.ts";

export interface TrustedSet {
  height: bigint;
  timeMs: number;
  members: { key: Uint8Array; power: bigint }[];
}

const TRUST_PERIOD_MS = 14 * 86_400_000;

export const setOf = (block: LightBlock): TrustedSet => ({
  height: block.height,
  timeMs: block.timeMs,
  members: block.validators.map(({ key, power }) => ({ key, power })),
});

/** Why the block's validators are believed; throws Refused when they are not. */
export function vouchedFor(block: LightBlock, tally: Tally, trusted: TrustedSet): string {
  const known = validatorsHash(trusted.members);
  if (sameBytes(known, block.validatorsHash)) {
    return `the ${trusted.members.length} validators that this browser knows`;
  }
  if (block.height <= trusted.height) {
    throw new Refused(`at block ${trusted.height} this browser knew other validators`);
  }
  if (block.timeMs - trusted.timeMs > TRUST_PERIOD_MS) {
    throw new Refused(`they changed more than ${spanText(TRUST_PERIOD_MS)} ago`);
  }
  const powers = new Map(trusted.members.map(({ key, power }) => [toHex(key), power]));
  const total = trusted.members.reduce((all, { power }) => all + power, 0n);
  const behind = tally.voters.reduce(
    (all, i) => all + (powers.get(toHex(block.validators[i]?.key ?? new Uint8Array())) ?? 0n),
    0n,
  );
  if (behind * 3n <= total) {
    throw new Refused(
      `only ${behind} of ${total} power that this browser trusts signed for them`,
    );
  }
  const since = `power trusted since block ${trusted.height}`;
  return `the set changed; ${behind} of ${total} ${since} signed`;
}

/** One line of text for this browser's storage. */
export function writeSet(set: TrustedSet): string {
  const members = set.members.map(({ key, power }) => `${toHex(key)}:${power}`);
  return [set.height, set.timeMs, ...members].join(" ");
}

/** Nothing for text that `writeSet` did not write. */
export function readSet(text: string | null): TrustedSet | undefined {
  const [height, timeMs, ...members] = (text ?? "").split(" ");
  if (!height || !timeMs || members.length === 0) return undefined;
  try {
    return {
      height: BigInt(height),
      timeMs: Number(timeMs),
      members: members.map((member) => {
        const [key = "", power = ""] = member.split(":");
        return { key: fromHex(key), power: BigInt(power) };
      }),
    };
  } catch {
    return undefined;
  }
}

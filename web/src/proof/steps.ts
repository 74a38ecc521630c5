// What steps of a check share.
import { toHex } from "../lib/bytes.ts";
import { Refused } from "./tree.ts";

/** A step's title, and what it finds; it throws when it refuses. */
export type Step = [title: string, run: () => string];

export const short = (bytes: Uint8Array) => `${toHex(bytes).slice(0, 16)}…`;

export function refuseUnless(holds: boolean, why: string): void {
  if (!holds) throw new Refused(why);
}

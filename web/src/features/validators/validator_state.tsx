import type { ValidatorRow } from "../../api/consensus.ts";
import { untilText } from "../../lib/countdown.ts";
import { Badge } from "../../ui/badge.tsx";

type Facts = Pick<ValidatorRow, "status" | "jailed_until_ms" | "key_revoked" | "absent_since_ms">;

/** "active", "silent", "jailed, 29 d 3 h", "waiting": one word, and how long. */
export function stateText(of: Facts, now: number): [string, "good" | "bad" | "calm"] {
  if (of.status === "JAILED") {
    const until = Number(of.jailed_until_ms);
    const wait = until > now ? `, ${untilText(until, now)}` : ", may return";
    return [of.key_revoked ? `key revoked${wait}` : `jailed${wait}`, "bad"];
  }
  if (of.status === "WAITING") return ["waiting", "calm"];
  return of.absent_since_ms === "0" ? ["active", "good"] : ["silent", "bad"];
}

export function ValidatorState({ of, now }: { of: Facts; now: number }) {
  const [text, tone] = stateText(of, now);
  return <Badge tone={tone}>{text}</Badge>;
}

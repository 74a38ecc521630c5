import type { Proposal } from "../../api/consensus.ts";
import { words } from "../../lib/format.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Until } from "../../ui/until.tsx";
import { Ago } from "../../ui/time.tsx";
import { isEmergency, TRACKS } from "./tracks.ts";

const TONES: Record<string, Tone> = {
  STATUS_PASSED: "good",
  STATUS_REJECTED: "bad",
  STATUS_VETOED: "bad",
  STATUS_FAILED: "bad",
};

export function ProposalState({ status }: { status: string }) {
  const word = status === "STATUS_DEPOSIT" ? "waits for its deposit" : words(status, "STATUS_");
  return <Badge tone={TONES[status] ?? "calm"}>{word}</Badge>;
}

export function TrackBadge({ track }: { track: string }) {
  const tone = isEmergency(track) ? "bad" : "calm";
  return <Badge tone={tone}>{TRACKS[track]?.name ?? words(track, "TRACK_")}</Badge>;
}

/** What time says about it: how long it may still be voted on, or since when it is decided. */
export function When({ proposal, now }: { proposal: Proposal; now: number }) {
  const decided = Number(proposal.decided_ms);
  if (decided > 0) {
    return (
      <>
        decided <Ago ms={decided} now={now} /> ago
      </>
    );
  }
  if (proposal.status === "STATUS_TALLYING") return <>being counted</>;
  return (
    <>
      <Until ms={Number(proposal.voting_end_ms)} now={now} past="ends with the next block" /> left
    </>
  );
}

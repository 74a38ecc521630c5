import type { Run } from "../../api/train.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";

const TONE: Record<Run["state"], Tone> = {
  running: "good",
  done: "calm",
  failed: "bad",
  cancelled: "bad",
};

export function RunState({ state }: { state: Run["state"] }) {
  return <Badge tone={TONE[state]}>{state}</Badge>;
}

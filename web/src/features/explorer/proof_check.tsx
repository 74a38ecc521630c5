import { useEffect, useMemo, useState } from "react";
import type { StateEntry } from "../../api/chain.ts";
import { flipped, fromHex } from "../../lib/bytes.ts";
import { clock } from "../../lib/format.ts";
import { follow, type Known } from "../../proof/known.ts";
import { evidenceOf, holds, verify, type Check } from "../../proof/verify.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { FlipControl, type Flip } from "./flip_control.tsx";

/** "Verify this proof": each step with its outcome, and a way to spoil one byte. */
export function ProofCheck({
  entry,
  asked,
  known,
  reload,
}: {
  entry: StateEntry;
  asked: string;
  known: Known;
  reload: () => void;
}) {
  const [opened, setOpened] = useState(false);
  const [flip, setFlip] = useState<Flip | null>(null);
  useEffect(() => setFlip(null), [entry]); // another proof is whole again
  const evidence = useMemo(() => evidenceOf(entry), [entry]);
  const checks = useMemo(() => {
    const part = flip ? evidence[flip.part] : undefined;
    const spoilt = flip && part ? { ...evidence, [flip.part]: flipped(part, flip.at) } : evidence;
    return verify(spoilt, {
      key: fromHex(asked),
      chainId: entry.header.chain_id,
      ...(evidence.light ? {} : { operatorKey: known.key }),
      ...(known.trusted ? { trusted: known.trusted } : {}),
    });
  }, [evidence, flip, asked, entry, known]);
  const proven = opened && !flip && holds(checks);
  useEffect(() => {
    if (proven) void follow(entry.header.chain_id, evidence, known).catch(() => undefined);
  }, [proven, entry, evidence, known]);
  if (!opened) {
    return (
      <Card title="Proof">
        <div className="space-y-3 p-4 text-sm">
          <p>
            The node sent this entry with a proof. This page can check it by itself, without
            believing the node: from the bytes of the value up to{" "}
            {evidence.light ? "the votes of the validators" : "the operator's signature"}.
          </p>
          <Button kind="primary" onClick={() => setOpened(true)}>
            Verify this proof
          </Button>
        </div>
      </Card>
    );
  }
  return (
    <Card title="Proof" aside={<Outcome good={holds(checks)} />}>
      <ol className="divide-y divide-line" aria-live="polite">
        {checks.map((check) => (
          <CheckRow key={check.title} check={check} />
        ))}
      </ol>
      <FlipControl evidence={evidence} flip={flip} change={setFlip} />
      <p
        className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4
        py-2 text-xs text-soft"
      >
        <span>
          {evidence.light ? "Validators of this chain were" : "The operator's key was"} first seen
          by this browser {clock(known.since)}.
        </span>
        <Button kind="quiet" className="-mx-3" onClick={reload}>
          Fetch the newest
        </Button>
      </p>
    </Card>
  );
}

function Outcome({ good }: { good: boolean }) {
  return good ? (
    <b className="text-green" data-testid="outcome">
      ✓ proven
    </b>
  ) : (
    <b className="text-warn" data-testid="outcome">
      ✗ refused
    </b>
  );
}

const SIGN: Record<Check["state"], [string, string, string]> = {
  ok: ["✓", "bg-leaf text-green", "holds"],
  refused: ["✗", "bg-amber text-warn", "refused"],
  not_reached: ["·", "bg-sunk text-soft", "not reached"],
};

function CheckRow({ check }: { check: Check }) {
  const [sign, look, word] = SIGN[check.state];
  return (
    <li
      className={`flex gap-3 px-4 py-2 text-sm ${check.state === "not_reached" ? "text-soft" : ""}`}
    >
      <span
        className={`grid size-6 shrink-0 place-items-center rounded-full ${look}`}
        role="img"
        aria-label={word}
      >
        {sign}
      </span>
      <span className="min-w-0">
        {check.title}
        <span
          className={`block text-xs break-words ${
            check.state === "refused" ? "text-warn" : "text-soft"
          }`}
        >
          {check.detail}
        </span>
      </span>
    </li>
  );
}

import { useEffect, useRef, useState } from "react";
import { getCredits } from "../../api/system.ts";
import { useResource } from "../../lib/use_resource.ts";
import { useTitle } from "../../ui/use_title.ts";
import { Card } from "../../ui/card.tsx";
import { useNode } from "../shell/node_state.tsx";
import { Composer } from "./composer.tsx";
import { CreditsView } from "./credits.tsx";
import { SettingsPanel } from "./settings_panel.tsx";
import { TurnView } from "./turn_view.tsx";
import { Welcome } from "./welcome.tsx";
import type { Turn } from "./turn.ts";
import { DEFAULTS, useChat } from "./use_chat.ts";

export function ChatPage() {
  useTitle("Chat");
  const { turns, send, cancel, busy } = useChat();
  const [settings, setSettings] = useState(DEFAULTS);
  const { ready, down } = useNode();
  const credits = useResource("credits", (_, signal) => getCredits(signal));
  const able = ready?.ready === true && !down;
  const say = (prompt: string) => send(prompt, settings);

  // The balance changes when an answer ends, and when the node comes back.
  useEffect(credits.reload, [busy, able, credits.reload]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && cancel();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [cancel]);

  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
      <div
        className="flex min-h-[calc(100dvh-16rem)] min-w-0 flex-col
          lg:min-h-[calc(100dvh-7rem)]"
      >
        <h1 tabIndex={-1} className="sr-only">
          Chat
        </h1>
        <div className="flex-1 space-y-8">
          {turns.length === 0 && <Welcome ready={able} send={say} />}
          {pairs(turns).map((pair) => (
            <div key={pair[0]?.id} className={pair.length > 1 ? "grid gap-6 sm:grid-cols-2" : ""}>
              {pair.map((turn) => (
                <TurnView key={turn.id} turn={turn} />
              ))}
            </div>
          ))}
        </div>
        {turns.length > 0 && <StickToEnd turns={turns} />}
        <div className="sticky bottom-16 mt-6 bg-paper pb-2 sm:bottom-0 sm:pb-4">
          <Composer busy={busy} ready={able} send={say} cancel={cancel} />
        </div>
      </div>
      <aside
        className="order-first grid grid-cols-2 gap-3 self-start lg:sticky lg:top-20 lg:order-none
          lg:block lg:space-y-4"
      >
        <Card>
          <CreditsView of={credits} />
        </Card>
        <Card className="has-[details[open]]:col-span-2">
          <details open={matchMedia("(min-width: 1024px)").matches}>
            <summary className="px-4 py-3 font-serif text-lg font-semibold">Settings</summary>
            <SettingsPanel value={settings} change={setSettings} />
          </details>
        </Card>
      </aside>
    </div>
  );
}

/** Two answers to one prompt that were asked together stand side by side. */
function pairs(turns: Turn[]): Turn[][] {
  const out: Turn[][] = [];
  for (const turn of turns) {
    const last = out.at(-1);
    const mate = last?.length === 1 ? last[0] : undefined;
    if (mate && !mate.experts && turn.experts && mate.prompt === turn.prompt) last?.push(turn);
    else out.push([turn]);
  }
  return out;
}

const NEAR_END_PX = 240;

/** Scrolls to a new prompt, and along with its answer while the reader is at the end anyway. */
function StickToEnd({ turns }: { turns: Turn[] }) {
  const end = useRef<HTMLDivElement>(null);
  const count = useRef(0);
  const length = turns.reduce((sum, turn) => sum + turn.text.length, 0);
  useEffect(() => {
    const asked = turns.length > count.current;
    count.current = turns.length;
    const below = document.body.scrollHeight - innerHeight - scrollY;
    if (asked || below < NEAR_END_PX) end.current?.scrollIntoView({ block: "nearest" });
  }, [turns.length, length]);
  return <div ref={end} className="scroll-mb-36" />;
}

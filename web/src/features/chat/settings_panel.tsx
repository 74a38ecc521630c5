import type { ReactNode } from "react";
import type { Settings } from "./use_chat.ts";
import { DEFAULTS } from "./use_chat.ts";
import { Button } from "../../ui/button.tsx";

interface Props {
  value: Settings;
  change: (settings: Settings) => void;
}

export function SettingsPanel({ value, change }: Props) {
  const set = (part: Partial<Settings>) => change({ ...value, ...part });
  return (
    <div className="space-y-4 p-4 text-sm">
      <Choice
        title="Who answers"
        name="experts"
        value={value.experts}
        options={[
          ["with", "Experts"],
          ["without", "No experts"],
          ["both", "Both, side by side"],
        ]}
        pick={(experts) => set({ experts })}
      />
      <Slide
        name="Longest answer"
        unit="tokens"
        min={8}
        max={256}
        step={8}
        value={value.maxTokens}
        set={(maxTokens) => set({ maxTokens })}
      />
      <Slide
        name="Temperature"
        unit={value.temperature === 0 ? "(greedy)" : ""}
        min={0}
        max={2}
        step={0.05}
        value={value.temperature}
        set={(temperature) => set({ temperature })}
      />
      <Slide
        name="Top p"
        unit=""
        min={0.05}
        max={1}
        step={0.05}
        value={value.topP}
        set={(topP) => set({ topP })}
      />
      <Slide
        name="Top k"
        unit={value.topK === 0 ? "(off)" : ""}
        min={0}
        max={200}
        step={5}
        value={value.topK}
        set={(topK) => set({ topK })}
      />
      <label className="block">
        <span className="text-soft">Seed: the same seed gives the same answer</span>
        <input
          inputMode="numeric"
          value={value.seed}
          placeholder="drawn by the node"
          onChange={(event) => set({ seed: event.target.value.replace(/\D/g, "").slice(0, 15) })}
          className="tabular mt-1 w-full rounded-md border border-edge bg-paper px-2.5 py-1.5"
        />
      </label>
      <Choice
        title="Connection"
        name="way"
        value={value.way}
        options={[
          ["websocket", "WebSocket"],
          ["events", "Event stream"],
        ]}
        pick={(way) => set({ way })}
      />
      <Button kind="quiet" className="-ml-3" onClick={() => change(DEFAULTS)}>
        Defaults
      </Button>
    </div>
  );
}

function Slide({
  name,
  unit,
  value,
  set,
  ...range
}: {
  name: string;
  unit: string;
  min: number;
  max: number;
  step: number;
  value: number;
  set: (value: number) => void;
}) {
  return (
    <label className="block">
      <span className="flex justify-between">
        <span className="text-soft">{name}</span>
        <span className="tabular">
          {value} {unit}
        </span>
      </span>
      <input
        type="range"
        className="w-full accent-green"
        value={value}
        {...range}
        onChange={(event) => set(Number(event.target.value))}
      />
    </label>
  );
}

function Choice<T extends string>({
  title,
  name,
  value,
  options,
  pick,
}: {
  title: ReactNode;
  name: string;
  value: T;
  options: [T, string][];
  pick: (value: T) => void;
}) {
  return (
    <fieldset>
      <legend className="text-soft">{title}</legend>
      <div className="mt-1 flex flex-wrap gap-1.5">
        {options.map(([key, text]) => (
          <label
            key={key}
            className="cursor-pointer rounded-md border border-line px-2.5 py-1
            has-checked:border-green has-checked:bg-leaf has-checked:text-green
            has-focus-visible:outline-2 has-focus-visible:outline-green"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={key === value}
              onChange={() => pick(key)}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

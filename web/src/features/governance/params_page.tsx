import { useState } from "react";
import { getParams, tryParam, type Trial } from "../../api/consensus.ts";
import type { Json } from "../../api/chain.ts";
import { Problem } from "../../api/http.ts";
import { useLive } from "../../lib/live.tsx";
import { Link } from "../../lib/router.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, PageHead } from "../../ui/card.tsx";
import { Command } from "../../ui/copy.tsx";
import { Show } from "../../ui/states.tsx";
import { line } from "../network/links.ts";
import { paramName, paramText } from "./action_view.tsx";

/** Every governed parameter with its value, and a way to learn which values it may take. */
export function ParamsPage() {
  const params = useLive("params", (_, signal) => getParams(signal));
  return (
    <>
      <p className="mb-1 text-sm text-soft">
        <Link href="/network/governance" className="hover:text-green hover:underline">
          Governance
        </Link>{" "}
        /
      </p>
      <PageHead title="Parameters" />
      <p className="mb-5 max-w-prose text-soft">
        Whatever stands here is changed by a vote of the bonded coins, not by an operator. Open
        one and try a value: the chain says at once whether it would be taken, and why not.
      </p>
      <Show of={params}>
        {(data) => (
          <div className="gap-6 space-y-6 md:columns-2">
            {Object.entries(data).map(([module, values]) => (
              <Card key={module} title={module} className="break-inside-avoid">
                <ul className="divide-y divide-line text-sm">
                  {Object.entries(values).map(([field, value]) => (
                    <li key={field}>
                      <Param module={module} field={field} value={value} />
                    </li>
                  ))}
                </ul>
              </Card>
            ))}
          </div>
        )}
      </Show>
    </>
  );
}

function Param({ module, field, value }: { module: string; field: string; value: Json }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex justify-between gap-4 px-4 py-1.5 hover:bg-sunk">
        <span className="min-w-0 break-words text-soft">{paramName(field)}</span>
        <span className="tabular text-right [overflow-wrap:anywhere]">
          {paramText(field, value)}
        </span>
      </summary>
      {open && <TryValue module={module} field={field} value={value} />}
    </details>
  );
}

function TryValue({ module, field, value }: { module: string; field: string; value: Json }) {
  const now = typeof value === "object" ? JSON.stringify(value) : String(value);
  const [text, setText] = useState(now);
  const [trial, setTrial] = useState<Trial | null>(null);
  const ask = () => {
    const json = /^(\d+|true|false|[[{].*)$/.test(text) ? text : JSON.stringify(text);
    tryParam({ module, field, value: json }, new AbortController().signal).then(
      setTrial,
      (error: unknown) =>
        setTrial({
          status: "refused",
          why: Problem.of(error).detail,
          before_json: "",
          after_json: "",
        }),
    );
  };
  return (
    <form
      className="space-y-2 bg-sunk px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <div className="flex gap-2">
        <input
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setTrial(null);
          }}
          aria-label={`A value for ${module}.${field}`}
          className="min-w-0 flex-1 rounded-md border border-edge bg-card px-2 py-1 font-mono"
        />
        <Button onClick={ask}>Would it do?</Button>
      </div>
      {trial && <Outcome trial={trial} field={field} />}
      {trial?.status === "ok" && (
        <Command>
          {line(
            `gov propose 'Change ${paramName(field)}' ` +
              `--do 'param ${module}.${field} ${typed(field, text)}'`,
          )}
        </Command>
      )}
    </form>
  );
}

/** Base units as the command line wants them: said with their unit. */
export function typed(field: string, text: string): string {
  if (!/^\d+$/.test(text)) return text;
  if (field.endsWith("_ucbm") && !field.endsWith("nano_ucbm")) return `${text}ucbm`;
  if (!field.endsWith("nano")) return text;
  const digits = text.padStart(10, "0");
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, "") || "0";
}

function Outcome({ trial, field }: { trial: Trial; field: string }) {
  if (trial.status !== "ok") {
    return (
      <p role="status" className="text-warn">
        Refused: {trial.why || trial.status}
      </p>
    );
  }
  return (
    <p role="status" className="text-green">
      It would be taken: {paramText(field, trial.before_json)} becomes{" "}
      {paramText(field, trial.after_json)}.
    </p>
  );
}

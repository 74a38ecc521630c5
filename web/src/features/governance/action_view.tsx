// What a proposal does when it passes, in words first and in full below.
import type { Action } from "../../api/consensus.ts";
import type { Json } from "../../api/chain.ts";
import { spanText } from "../../lib/countdown.ts";
import { words } from "../../lib/format.ts";
import { cbm, grouped } from "../../lib/money.ts";
import { nanoPercent } from "../../lib/share.ts";
import { JsonView } from "../../ui/json_view.tsx";

type Fields = { [key: string]: Json };

const fields = (value: Json | undefined): Fields =>
  typeof value === "object" && value && !Array.isArray(value) ? value : {};
const text = (value: Json | undefined) =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const list = (value: Json | undefined) => (Array.isArray(value) ? value.map(text) : []);

/** A parameter's value in the unit that its name carries. */
export function paramText(name: string, json: Json | undefined): string {
  const value = text(json).replaceAll('"', "");
  if (!/^\d+$/.test(value)) return typeof json === "object" ? JSON.stringify(json) : String(json);
  if (name.endsWith("nano_ucbm")) return `${Number(value) / 1e9} ucbm`;
  if (name.endsWith("_ucbm")) return `${cbm(value)} CBM`;
  if (name.endsWith("nano")) return nanoPercent(value);
  if (name.endsWith("_ms")) return spanText(Number(value));
  return grouped(value);
}

/** "max_validators" -> "max validators": units are said with the value. */
export const paramName = (name: string) => words(name.replace(/(_nano)?_ucbm$|_(nano|ms)$/, ""));

const lasting = (of: Fields) =>
  Number(of["duration_ms"] ?? 0) > 0
    ? ` for ${spanText(Number(of["duration_ms"]))}`
    : " for as long as the rules allow";

const SENTENCES: Record<string, (of: Fields) => string> = {
  param: (of) =>
    `Set ${text(of["module"])}: ${paramName(text(of["field"]))} to ` +
    paramText(text(of["field"]), text(of["value_json"])),
  upgrade: (of) =>
    `Upgrade “${text(of["name"])}”: rules ${text(of["rules_version"])} from block ` +
    grouped(text(of["height"])),
  cancel_upgrade: (of) => `Take the upgrade at block ${grouped(text(of["height"]))} back`,
  breaker_reset: (of) => `Switch ${text(of["name"])} on again`,
  audit: (of) => `Audit of ${text(of["account"])}: ${of["passed"] ? "passed" : "failed"}`,
  node_policy: (of) => `Policy “${text(of["name"])}” for nodes`,
  council_seats: (of) => `A council of ${list(of["members"]).length}`,
  pause: (of) =>
    `Pause ${list(of["messages"]).join(", ") || "everything but governance"}${lasting(of)}`,
  rollback: (of) => `Roll back to block ${grouped(text(of["height"]))}`,
  validator_exclusion: (of) =>
    `Exclude ${list(of["validators"]).length} validators${lasting(of)}`,
  consensus_reset: (of) => `Reset consensus at block ${grouped(text(of["height"]))}`,
  checkpoint: (of) => `Trust block ${grouped(text(of["height"]))}`,
  freeze_accounts: (of) => `Freeze ${list(of["accounts"]).length} accounts${lasting(of)}`,
  adjust_rewards: (of) => `Adjust rewards${lasting(of)}`,
  emergency_mint: (of) =>
    `Mint ${cbm(text(of["amount_ucbm"]) || "0")} CBM to ${text(of["to"]) || "the treasury"}`,
};

export function actionText(action: Action): string {
  if (action.decoded) return `Send ${action.decoded.type} as the governance account`;
  if (action["message"] !== undefined) return "Send a message that this node does not know";
  const [kind] = Object.keys(action).filter((key) => key !== "decoded");
  return kind ? (SENTENCES[kind]?.(fields(action[kind])) ?? words(kind)) : "Nothing";
}

export function ActionView({ action }: { action: Action }) {
  const whole = action.decoded?.value ?? action[Object.keys(action)[0] ?? ""] ?? null;
  return (
    <details>
      <summary className="px-4 py-2.5 text-sm hover:bg-sunk">
        <span className="break-words">{actionText(action)}</span>
      </summary>
      <div className="px-4 pb-3">
        <JsonView value={whole} />
      </div>
    </details>
  );
}

// Numbers, times and names as people read them.
import { grouped } from "./money.ts";

export function count(value: number): string {
  return grouped(Math.round(value).toString());
}

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const kib = value / 1024;
  return kib < 1024 ? `${kib.toFixed(0)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}

/** 10^-9 nats as nats with a sign: "+0.0123". */
export function gain(nano: string | number, places = 4): string {
  const nats = Number(nano) / 1e9;
  return `${nats < 0 ? "−" : "+"}${Math.abs(nats).toFixed(places)}`;
}

/** Per second: whole numbers where they are large. */
export function rate(value: number): string {
  return value < 100 ? value.toFixed(1) : count(value);
}

export function percent(part: number, places = 1): string {
  return `${part < 0 ? "−" : ""}${Math.abs(part * 100).toFixed(places)} %`;
}

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "–";
  if (seconds < 1) return `${(seconds * 1000).toFixed(0)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${seconds.toFixed(0)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function ago(ms: number, now: number): string {
  const seconds = Math.max(0, (now - ms) / 1000);
  if (seconds < 5) return "now";
  if (seconds < 60) return `${seconds.toFixed(0)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

export function clock(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
}

/** "cbm1q…7xk" or "3fa9…01bc": enough to tell apart, short enough for a table. */
export function brief(text: string, head = 6, tail = 4): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}

/** "CANDIDATE_STATUS_NOT_REVEALED" or "no_gain" -> "not revealed", "no gain". */
export function words(name: string, prefix = ""): string {
  return name.replace(prefix, "").replaceAll("_", " ").toLowerCase();
}

/** "no actions", "1 action", "2 actions". */
export function plural(count: number, one: string): string {
  return `${count === 0 ? "no" : count} ${one}${count === 1 ? "" : "s"}`;
}

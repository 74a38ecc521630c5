// How long until a moment of block time.

/** "6 d 4 h", "3 h 12 min", "4 min 5 s", "9 s"; "now" when it has come. */
export function untilText(ms: number, now: number): string {
  const seconds = Math.ceil((ms - now) / 1000);
  if (seconds <= 0) return "now";
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** A span of milliseconds in its largest whole unit: "21 d", "36 h", "90 s". */
export function spanText(ms: number): string {
  for (const [unit, size] of [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
  ] as const) {
    if (ms >= size && ms % size === 0) return `${ms / size} ${unit}`;
  }
  return `${ms} ms`;
}

/** How much of a span has passed, 0 to 1. */
export function passed(start: number, end: number, now: number): number {
  return end <= start ? 1 : Math.min(1, Math.max(0, (now - start) / (end - start)));
}

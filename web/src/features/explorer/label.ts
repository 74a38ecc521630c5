import { brief } from "../../lib/format.ts";

/** A state entry's label with its hashes and addresses shortened. */
export function shortLabel(label: string): string {
  return label.replace(/cbm1[0-9a-z]{20,}|[0-9a-f]{40,}/g, (long) => brief(long, 9, 5));
}

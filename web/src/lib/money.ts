// Exact amounts. Credits come as decimal strings with six places and are counted in whole
// micro-credits; CBM has six places too (1 CBM = 1,000,000 ucbm). Nothing here is a float.

const PLACES = 6;

/** "12.000345" -> 12000345n; throws for anything that is not such a number. */
export function micros(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new Error(`"${text}" is not an amount with at most ${PLACES} places`);
  const size = BigInt(match[2] + (match[3] ?? "").padEnd(PLACES, "0"));
  return match[1] ? -size : size;
}

/** 12000345n -> "12.000345". */
export function fromMicros(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/** Thousands separated by thin spaces: "1 234 567". */
export function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

/** ucbm as CBM without needless zeros: "1500000" -> "1.5". */
export function cbm(ucbm: string): string {
  const [whole = "0", part = ""] = fromMicros(BigInt(ucbm)).split(".");
  const rest = part.replace(/0+$/, "");
  return grouped(whole) + (rest ? `.${rest}` : "");
}

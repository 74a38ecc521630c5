// Shares of exact sums, as numbers only where something is drawn.

/** part / whole for a bar's length; 0 of nothing. */
export function share(part: string | bigint, whole: string | bigint): number {
  const [p, w] = [BigInt(part), BigInt(whole)];
  return w === 0n ? 0 : Number((p * 1_000_000n) / w) / 1_000_000;
}

/** 10^-9 as a percentage without needless zeros: "334000000" -> "33.4 %". */
export function nanoPercent(nano: string | number): string {
  const hundredths = Number(BigInt(nano) / 100_000n); // of a percent
  return `${(hundredths / 100).toFixed(2).replace(/\.?0+$/, "")} %`;
}

export const sum = (parts: string[]): bigint => parts.reduce((all, p) => all + BigInt(p), 0n);

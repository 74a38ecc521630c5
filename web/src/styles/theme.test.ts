// Every pair of colours in which text is set reaches WCAG 2.2 AA (4.5:1), in both themes; what is
// drawn to be seen but not read reaches 3:1.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const CSS = readFileSync(new URL("./theme.css", import.meta.url), "utf8");

function colours(selector: string): Map<string, string> {
  const block = CSS.slice(CSS.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [
      name,
      hex,
    ]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 1] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: [text: string, grounds: string[]][] = [
  ["ink", ["paper", "card", "sunk", "leaf", "amber", "grain"]],
  ["soft", ["paper", "card", "sunk", "leaf"]],
  ["green", ["paper", "card", "sunk", "leaf", "amber"]],
  ["warn", ["paper", "card", "sunk", "amber"]],
  ["on-green", ["green"]],
];
const DRAWN: [string, string[]][] = [
  ["green", ["card", "sunk"]],
  ["edge", ["card", "paper"]],
  ["wood", ["card"]],
];

describe.each([[":root"], ['[data-theme="dark"]']])("contrast in %s", (selector) => {
  const palette = colours(selector);
  const check = (pairs: [string, string[]][], least: number) => {
    for (const [front, grounds] of pairs) {
      for (const ground of grounds) {
        const ratio = contrast(palette.get(front) ?? "", palette.get(ground) ?? "");
        expect(ratio, `${front} on ${ground}`).toBeGreaterThanOrEqual(least);
      }
    }
  };
  test("of text", () => check(TEXT, 4.5));
  test("of drawings and controls", () => check(DRAWN, 3));
});

import { expect, test } from "vitest";
import type { ModelBlock } from "../../api/models.ts";
import { kindOf, layout, outline } from "./trunk_layout.ts";

const block = (name: string, version = 1): ModelBlock => ({
  id: `${name}@${version}`,
  name,
  version,
  type: "expert",
  depends_on: [],
  payload_root: "",
  layer: Number(/^layer(\d+)/.exec(name)?.[1] ?? 0),
  payload_bytes: 1,
  account: "",
  height: 1,
  status: "accepted",
  evaluation: null,
  gain_nano: "0",
});
const MODEL = [
  "embed",
  "final_norm",
  ...[0, 1].flatMap((layer) =>
    ["attention", "router", "shared", "expert0", "expert1", "expert2", "expert3", "expert4"].map(
      (part) => `layer${layer}.${part}`,
    ),
  ),
].map((name) => block(name));

test("every block has its own place", () => {
  const segments = layout([...MODEL, block("layer1.expert4", 2)], 4);
  expect(segments).toHaveLength(MODEL.length + 1);
  expect(new Set(segments.map(outline)).size).toBe(segments.length);
});

test("what was contributed grows outside the bark, later versions further out", () => {
  const segments = layout([...MODEL, block("layer1.expert4", 2)], 4);
  const bark = segments.find(({ kind }) => kind === "bark");
  const grown = segments.filter(({ kind }) => kind === "contributed");
  expect(grown.map(({ block: b }) => b.id)).toEqual([
    "layer0.expert4@1",
    "layer1.expert4@1",
    "layer1.expert4@2",
  ]);
  expect(grown.every(({ inner }) => inner > (bark?.outer ?? Infinity))).toBe(true);
  expect(grown[2]?.inner).toBeGreaterThan(grown[1]?.inner ?? Infinity);
});

test("segments of a ring do not overlap", () => {
  const ring = layout(MODEL, 4)
    .filter(({ kind }) => kind === "anchor")
    .sort((a, b) => a.from - b.from);
  ring
    .slice(1)
    .forEach((segment, i) =>
      expect(segment.from).toBeGreaterThanOrEqual((ring[i]?.to ?? 1) - 1e-9),
    );
});

test("the slot decides what is contributed", () => {
  expect(kindOf(block("layer0.expert3"), 4)).toBe("anchor");
  expect(kindOf(block("layer0.expert4"), 4)).toBe("contributed");
});

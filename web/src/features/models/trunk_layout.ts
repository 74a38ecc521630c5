// A model drawn as a trunk cut across. A sector is a layer. From the pith outward: the embedding,
// each layer's shared blocks, its anchor experts, the last norm as the bark of the frozen part; and
// outside it what was contributed since, one ring a version. Angles are in turns from the top.
import type { ModelBlock } from "../../api/models.ts";

export type Kind = "embed" | "shared" | "anchor" | "bark" | "contributed";

export interface Segment {
  block: ModelBlock;
  kind: Kind;
  inner: number;
  outer: number;
  from: number;
  to: number;
}

export const SIZE = 400; // of the square drawing; its middle is the pith
const RADII = { embed: 40, shared: 84, anchor: 136, bark: 146, first: 152, ring: 26 };
const GAP = 0.004; // of a turn, between sectors

const isContributed = (block: ModelBlock, anchorExperts: number) =>
  expertNumber(block.name) >= anchorExperts;

function expertNumber(name: string): number {
  return Number(/\.expert(\d+)$/.exec(name)?.[1] ?? -1);
}

export function kindOf(block: ModelBlock, anchorExperts: number): Kind {
  if (block.name === "embed") return "embed";
  if (!block.name.startsWith("layer")) return "bark";
  if (expertNumber(block.name) < 0) return "shared";
  return isContributed(block, anchorExperts) ? "contributed" : "anchor";
}

/** Blocks of one layer and kind share the layer's sector evenly. */
function spread(blocks: ModelBlock[], layer: number, layers: number) {
  const names = [...new Set(blocks.map(({ name }) => name))].sort(
    (a, b) => expertNumber(a) - expertNumber(b) || a.localeCompare(b),
  );
  const width = (1 / layers - GAP) / Math.max(1, names.length);
  return (block: ModelBlock) => {
    const from = layer / layers + GAP / 2 + names.indexOf(block.name) * width;
    return { from, to: from + width };
  };
}

export function layout(blocks: ModelBlock[], anchorExperts: number): Segment[] {
  const layers =
    1 + Math.max(0, ...blocks.map(({ name, layer }) => (name.startsWith("layer") ? layer : 0)));
  const segments: Segment[] = [];
  const whole = { from: 0, to: 1 };
  const ofKind = (kind: Kind) => blocks.filter((b) => kindOf(b, anchorExperts) === kind);
  for (const block of ofKind("embed")) {
    segments.push({ block, kind: "embed", inner: 0, outer: RADII.embed, ...whole });
  }
  for (const block of ofKind("bark")) {
    segments.push({ block, kind: "bark", inner: RADII.anchor + 3, outer: RADII.bark, ...whole });
  }
  for (let layer = 0; layer < layers; layer++) {
    const here = (kind: Kind) => ofKind(kind).filter((block) => block.layer === layer);
    const place = (kind: Kind, radii: (block: ModelBlock) => [number, number]) => {
      const own = here(kind);
      const sector = spread(own, layer, layers);
      for (const block of own) {
        const [inner, outer] = radii(block);
        segments.push({ block, kind, inner, outer, ...sector(block) });
      }
    };
    place("shared", () => [RADII.embed + 2, RADII.shared]);
    place("anchor", () => [RADII.shared + 2, RADII.anchor]);
    place("contributed", ({ version }) => {
      const inner = RADII.first + (Math.max(1, version) - 1) * (RADII.ring + 2);
      return [inner, inner + RADII.ring];
    });
  }
  return segments;
}

/** How far the outermost segment reaches: the drawing is scaled to hold it. */
export function reach(segments: Segment[]): number {
  return Math.max(RADII.bark + 40, ...segments.map(({ outer }) => outer)) + 6;
}

export function pointAt(radius: number, turn: number): [number, number] {
  const angle = (turn - 0.25) * 2 * Math.PI;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

export function middle({ inner, outer, from, to }: Segment): [number, number] {
  if (to - from >= 1) return inner === 0 ? [0, 0] : pointAt((inner + outer) / 2, 0);
  return pointAt((inner + outer) / 2, (from + to) / 2);
}

/** The outline as an SVG path: a disc, a ring, or a piece of a ring. */
export function outline({ inner, outer, from, to }: Segment): string {
  const at = (radius: number, turn: number) =>
    pointAt(radius, turn)
      .map((value) => value.toFixed(2))
      .join(" ");
  const circle = (r: number) =>
    `M${at(r, 0)}A${r} ${r} 0 1 1 ${at(r, 0.5)}A${r} ${r} 0 1 1 ${at(r, 0)}Z`;
  if (to - from >= 1) return circle(outer) + (inner > 0 ? circle(inner) : "");
  const large = to - from > 0.5 ? 1 : 0;
  return (
    `M${at(outer, from)}A${outer} ${outer} 0 ${large} 1 ${at(outer, to)}` +
    `L${at(inner, to)}A${inner} ${inner} 0 ${large} 0 ${at(inner, from)}Z`
  );
}

import { useMemo, type KeyboardEvent } from "react";
import type { ModelBlock } from "../../api/models.ts";
import { gain } from "../../lib/format.ts";
import {
  layout,
  middle,
  outline,
  pointAt,
  reach,
  type Kind,
  type Segment,
} from "./trunk_layout.ts";

const FILL: Record<Kind, string> = {
  embed: "fill-wood/60",
  shared: "fill-grain",
  anchor: "fill-grain",
  bark: "fill-wood",
  contributed: "fill-green",
};

interface Props {
  blocks: ModelBlock[];
  anchorExperts: number;
  chosen: string | undefined;
  choose: (id: string) => void;
  /** The pointer rests on a block, or on none. */
  preview: (id: string | undefined) => void;
}

/** The model as tree rings. Arrow keys walk from block to block in the order they were made. */
export function Trunk({ blocks, anchorExperts, chosen, choose, preview }: Props) {
  const segments = useMemo(() => layout(blocks, anchorExperts), [blocks, anchorExperts]);
  const size = reach(segments);
  const best = Math.max(1, ...blocks.map((block) => Number(block.gain_nano)));
  const at = segments.findIndex(({ block }) => block.id === chosen);
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = step && segments[(at + step + segments.length) % segments.length];
    if (!to) return;
    event.preventDefault();
    choose(to.block.id);
  };
  return (
    <svg
      viewBox={`${-size} ${-size} ${2 * size} ${2 * size}`}
      role="listbox"
      tabIndex={0}
      aria-label="Blocks of the model, drawn as tree rings"
      onKeyDown={walk}
      aria-activedescendant={chosen ? `block-${chosen}` : undefined}
      className="mx-auto block w-full max-w-xl"
    >
      {segments.map((segment) => (
        <path
          key={segment.block.id}
          id={`block-${segment.block.id}`}
          d={outline(segment)}
          fillRule="evenodd"
          role="option"
          aria-selected={segment.block.id === chosen}
          aria-label={`${segment.block.name}, version ${segment.block.version}`}
          className={`cursor-pointer stroke-card transition-opacity hover:opacity-80
            ${FILL[segment.kind]}`}
          strokeWidth="1.2"
          fillOpacity={shade(segment, best)}
          onClick={() => choose(segment.block.id)}
          onPointerEnter={(event) => event.pointerType === "mouse" && preview(segment.block.id)}
          onPointerLeave={() => preview(undefined)}
        >
          <title>{title(segment)}</title>
        </path>
      ))}
      <Grain segments={segments} />
      <Ties segments={segments} chosen={segments[at]} />
      <Labels segments={segments} />
    </svg>
  );
}

/** The more a block improved the model, the deeper its green. */
function shade({ kind, block }: Segment, best: number): number | undefined {
  if (kind === "contributed") return 0.35 + 0.65 * (Math.max(0, Number(block.gain_nano)) / best);
  return kind === "anchor" ? 0.75 : undefined;
}

function title({ block, kind }: Segment): string {
  const what = kind === "contributed" ? `, gain ${gain(block.gain_nano)} nats per token` : "";
  return `${block.name} v${block.version}${what}`;
}

/** Faint years in the wood; they carry nothing. */
function Grain({ segments }: { segments: Segment[] }) {
  if (segments.length === 0) return null;
  return (
    <g className="pointer-events-none fill-none stroke-wood opacity-35" strokeWidth="0.6">
      {[12, 22, 31, 52, 62, 73, 97, 108, 120, 129].map((radius, i) => (
        <circle key={radius} r={radius} cx={(i % 3) - 1} cy={(i % 2) * 0.8} />
      ))}
    </g>
  );
}

function Labels({ segments }: { segments: Segment[] }) {
  const layers = new Map<number, Segment[]>();
  for (const segment of segments) {
    if (segment.kind !== "shared") continue;
    layers.set(segment.block.layer, [...(layers.get(segment.block.layer) ?? []), segment]);
  }
  return (
    <g
      className="pointer-events-none fill-ink stroke-grain font-serif text-[11px]"
      paintOrder="stroke"
      strokeWidth="2.5"
      textAnchor="middle"
    >
      <text y="4">embed</text>
      {[...layers].map(([layer, own]) => {
        const from = Math.min(...own.map((segment) => segment.from));
        const to = Math.max(...own.map((segment) => segment.to));
        const [x, y] = pointAt(63, (from + to) / 2);
        return (
          <text key={layer} x={x} y={y + 4}>
            layer {layer}
          </text>
        );
      })}
    </g>
  );
}

/** What the chosen block depends on. */
function Ties({ segments, chosen }: { segments: Segment[]; chosen: Segment | undefined }) {
  if (!chosen) return null;
  const [x, y] = middle(chosen);
  const needs = new Set(chosen.block.depends_on);
  return (
    <g className="pointer-events-none">
      <path d={outline(chosen)} className="fill-none stroke-ink" strokeWidth="2.5" />
      {segments
        .filter(({ block }) => needs.has(block.id))
        .map((segment) => {
          const [toX, toY] = middle(segment);
          return (
            <g key={segment.block.id}>
              <path
                d={`M${x} ${y}Q${(x + toX) * 0.36} ${(y + toY) * 0.36} ${toX} ${toY}`}
                className="fill-none stroke-ink"
                strokeWidth="1"
                strokeDasharray="3 3"
              />
              <circle cx={toX} cy={toY} r="2.6" className="fill-ink" />
            </g>
          );
        })}
      <circle cx={x} cy={y} r="3.4" className="fill-card stroke-ink" strokeWidth="1.6" />
    </g>
  );
}

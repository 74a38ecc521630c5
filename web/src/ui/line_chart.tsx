import { useRef, useState, type PointerEvent, type RefObject } from "react";
import { downloadPng, downloadText } from "../lib/download.ts";
import { smoothed, ticks } from "../lib/scale.ts";
import { Button } from "./button.tsx";
import { useWidth } from "./use_width.ts";

export type Point = readonly [x: number, y: number];

interface Props {
  points: Point[];
  /** What the axes count, with units. */
  x: string;
  y: string;
  name: string;
  /** Where the x axis ends when it is known before the points are. */
  end?: number;
}

const HEIGHT = 280;
const EDGE = { left: 46, right: 22, top: 14, bottom: 34 };

/** A curve: every point faint, their moving mean strong; the pointer reads it. */
export function LineChart(props: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const drawing = useRef<SVGSVGElement>(null);
  const csv = () =>
    downloadText(
      `${props.name}.csv`,
      `${props.x},${props.y}\n${props.points.map((point) => point.join(",")).join("\n")}\n`,
    );
  const png = () => drawing.current && downloadPng(`${props.name}.png`, drawing.current);
  return (
    <figure ref={box} className="min-w-0">
      {width > 0 && <Drawing {...props} width={width} drawing={drawing} />}
      <figcaption className="flex items-center justify-between text-xs text-soft">
        <span>
          {props.y} over {props.x}
        </span>
        <span>
          <Button kind="quiet" onClick={png}>
            PNG
          </Button>
          <Button kind="quiet" onClick={csv}>
            CSV
          </Button>
        </span>
      </figcaption>
    </figure>
  );
}

function Drawing({
  points,
  y,
  end,
  width,
  drawing,
}: Props & {
  width: number;
  drawing: RefObject<SVGSVGElement | null>;
}) {
  const [at, setAt] = useState<number | null>(null);
  const ys = points.map((point) => point[1]);
  const [left, right] = [points[0]?.[0] ?? 0, Math.max(end ?? 1, points.at(-1)?.[0] ?? 1)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const span = Math.max(right - left, 1e-9);
  const tall = Math.max(high - low, 1e-9);
  const px = (value: number) =>
    EDGE.left + ((value - left) / span) * (width - EDGE.left - EDGE.right);
  const py = (value: number) =>
    EDGE.top + (1 - (value - low) / tall) * (HEIGHT - EDGE.top - EDGE.bottom);
  const path = (values: number[]) =>
    values
      .map(
        (value, i) =>
          `${i ? "L" : "M"}${px(points[i]?.[0] ?? 0).toFixed(1)} ${py(value).toFixed(1)}`,
      )
      .join("");
  const mean = smoothed(ys, Math.max(4, points.length / 40));
  const read = (event: PointerEvent<SVGSVGElement>) => {
    const near = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const distance = (i: number) => Math.abs(px(points[i]?.[0] ?? 0) - near);
    setAt(points.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0));
  };
  const found = at === null ? undefined : points[at];
  return (
    <svg
      ref={drawing}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="block w-full touch-pan-y"
      role="img"
      onPointerMove={read}
      onPointerLeave={() => setAt(null)}
      aria-label={`${y} went from ${ys[0]?.toFixed(3)} to ${mean.at(-1)?.toFixed(3)}`}
    >
      {ticks(low, high).map((value) => (
        <g key={value}>
          <line
            x1={EDGE.left}
            x2={width - EDGE.right}
            y1={py(value)}
            y2={py(value)}
            className="stroke-line"
          />
          <text
            x={EDGE.left - 6}
            y={py(value) + 4}
            textAnchor="end"
            className="tabular fill-soft text-[11px]"
          >
            {value}
          </text>
        </g>
      ))}
      {ticks(left, right, width < 500 ? 3 : 6).map((value) => (
        <text
          key={value}
          x={px(value)}
          y={HEIGHT - 14}
          textAnchor="middle"
          className="tabular fill-soft text-[11px]"
        >
          {value}
        </text>
      ))}
      <path d={path(ys)} className="fill-none stroke-green opacity-30" />
      <path d={path(mean)} className="fill-none stroke-green" strokeWidth="2" />
      {found && at !== null && (
        <Reading
          x={px(found[0])}
          y={py(mean[at] ?? found[1])}
          width={width}
          text={`${found[0]}: ${found[1].toFixed(3)} (mean ${mean[at]?.toFixed(3)})`}
        />
      )}
    </svg>
  );
}

function Reading({ x, y, width, text }: { x: number; y: number; width: number; text: string }) {
  const flip = x > width / 2;
  return (
    <g className="pointer-events-none">
      <line x1={x} x2={x} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} className="stroke-edge" />
      <circle cx={x} cy={y} r="4" className="fill-green" />
      <text
        x={flip ? x - 8 : x + 8}
        y={EDGE.top + 10}
        textAnchor={flip ? "end" : "start"}
        className="tabular fill-ink text-xs"
      >
        {text}
      </text>
    </g>
  );
}

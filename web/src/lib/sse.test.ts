import { expect, test } from "vitest";
import { EventParser } from "./sse.ts";

const TEXT =
  'event: token\ndata: {"a":1}\n\n: heartbeat\n\ndata: x\ndata: y\n\nevent: end\ndata:z\n\n';
const WHOLE = [
  { event: "token", data: '{"a":1}' },
  { event: "message", data: "x\ny" },
  { event: "end", data: "z" },
];

test("events come out whole however the text is cut", () => {
  for (const size of [1, 2, 7, TEXT.length]) {
    const parser = new EventParser();
    const pieces = TEXT.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
    expect(pieces.flatMap((piece) => parser.feed(piece))).toEqual(WHOLE);
  }
});

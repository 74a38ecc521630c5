import { expect, test } from "vitest";
import type { BlockRow, TxRow } from "../../api/chain.ts";
import { segments } from "../../lib/router.tsx";
import { onlyChanged } from "./diff.tsx";
import { shortLabel } from "./label.ts";
import { hitHref, ranked } from "./links.ts";
import { msgs } from "./rows.tsx";
import { addBlock, addTx } from "./use_live_chain.ts";

const block = (height: number) => ({ height, hash: `b${height}` }) as BlockRow;
const tx = (height: number, index: number) =>
  ({ height, index, hash: `${height}.${index}` }) as TxRow;

test("blocks stay newest first, without doubles, and only so many are kept", () => {
  const blocks = [4, 2, 3, 3, 1].reduce((all, h) => addBlock(all, block(h), 3), [] as BlockRow[]);
  expect(blocks.map(({ height }) => height)).toEqual([4, 3, 2]);
});

test("transactions are ordered by block and position", () => {
  const order = [
    [1, 0],
    [2, 0],
    [2, 1],
  ] as const;
  const txs = order.reduce((all, [h, i]) => addTx(all, tx(h, i), 10), [] as TxRow[]);
  expect(txs.map(({ hash }) => hash)).toEqual(["2.1", "2.0", "1.0"]);
});

test("a change shows only the fields that differ", () => {
  expect(onlyChanged({ a: "1", b: [2], c: "x" }, { a: "2", b: [2], c: "x" })).toEqual({ a: "1" });
  expect(onlyChanged(null, { a: 1 })).toBeNull();
  expect(onlyChanged({ a: 1 }, null)).toEqual({ a: 1 });
});

test("messages are counted, labels shortened", () => {
  expect(msgs(["bank.Send", "models.LeaseSlot", "bank.Send"])).toBe(
    "2 × bank.Send, models.LeaseSlot",
  );
  expect(msgs([])).toBe("empty");
  expect(shortLabel(`block ${"ab".repeat(32)}`)).toBe("block ababababa…babab");
});

test("a search hit leads to its page", () => {
  const hit = (kind: string, id: string) => hitHref({ kind, id, title: "", chain: "utility" });
  expect(hit("block", "7")).toBe("/explorer/utility/block/7");
  expect(hit("account", "cbm1x")).toBe("/explorer/utility/account/cbm1x");
  expect(hit("expert", "layer0.expert4")).toBe("/model");
});

test("exact hits come first, and one page is one hit", () => {
  const hit = (kind: string, id: string, chain: string) => ({ kind, id, chain, title: "" });
  const hits = [
    hit("block", "12", "utility"),
    hit("block", "1", "utility"),
    hit("model", "m", "utility"),
    hit("model", "m", "compute-0"),
  ];
  expect(ranked(hits, "1").map(({ id }) => id)).toEqual(["1", "12", "m"]);
});

test("a path is read by its segments, spoilt escapes too", () => {
  expect(segments("/explorer/utility/tx/a%20b/")).toEqual(["explorer", "utility", "tx", "a b"]);
  expect(segments("/training/%E0%A4%A")).toEqual(["training", "%E0%A4%A"]);
});

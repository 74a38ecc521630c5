// Both ways of hearing an answer, with a socket and a fetch that the test plays.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Transport, type Ask } from "./transport.ts";
import type { Message } from "./turn.ts";

class PlayedSocket {
  static OPEN = 1;
  static last: PlayedSocket;
  readyState = 0;
  sent: unknown[] = [];
  onopen?: () => void;
  onclose?: () => void;
  onmessage?: (event: { data: string }) => void;
  constructor(readonly url: string) {
    PlayedSocket.last = this;
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {}
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const ASK: Ask = {
  prompt: "hi",
  max_tokens: 8,
  temperature: 0,
  top_p: 1,
  top_k: 0,
  use_moe: true,
};
let heard: [string, Message["kind"]][];
let transport: Transport;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", PlayedSocket);
  vi.stubGlobal("location", { protocol: "http:", host: "node" });
  heard = [];
  transport = new Transport((id, message) => heard.push([id, message.kind]));
});
afterEach(() => {
  transport.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("an open socket carries several answers, each cancelled by its id (B/STR-02)", () => {
  PlayedSocket.last.open();
  expect(transport.start("a", ASK, "websocket")).toBe("websocket");
  transport.start("b", ASK, "websocket");
  PlayedSocket.last.say({ type: "stream_start", id: "b", input_cost: "0.0" });
  PlayedSocket.last.say({ type: "token", id: "a", token: "x" });
  transport.cancel("b");
  PlayedSocket.last.say({ type: "stream_end", id: "b", reason: "cancelled" });
  PlayedSocket.last.say({ type: "pong" });
  expect(heard).toEqual([
    ["b", "start"],
    ["a", "token"],
    ["b", "cancelling"],
    ["b", "end"],
  ]);
  expect(PlayedSocket.last.sent.at(-1)).toEqual({ type: "cancel", id: "b" });
});

test("when the socket breaks, only answers under way learn of it", () => {
  PlayedSocket.last.open();
  transport.start("a", ASK, "websocket");
  transport.start("b", ASK, "websocket");
  PlayedSocket.last.say({ type: "stream_end", id: "a" });
  PlayedSocket.last.onclose?.();
  expect(heard).toEqual([
    ["a", "end"],
    ["b", "gone"],
  ]);
});

test("without an open socket the answer comes as an event stream", async () => {
  const body = 'event: token\ndata: {"token":"x"}\n\nevent: stream_end\ndata: {}\n\n';
  const ask = vi.fn(async (_: string) => new Response(body));
  vi.stubGlobal("fetch", ask);
  expect(transport.start("a", { ...ASK, seed: 7 }, "websocket")).toBe("events");
  await vi.waitFor(() => expect(heard).toHaveLength(3));
  expect(heard).toEqual([
    ["a", "token"],
    ["a", "end"],
    ["a", "gone"],
  ]);
  expect(ask.mock.calls[0]?.[0]).toContain("prompt=hi&max_tokens=8");
});

test("a refusal of the stream is told with the node's words", async () => {
  const problem = { title: "unavailable", detail: "no model yet", next_step: "wait" };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(problem), { status: 503 }));
  transport.start("a", ASK, "events");
  await vi.waitFor(() => expect(heard).toEqual([["a", "error"]]));
});

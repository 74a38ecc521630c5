// Two ways to hear an answer: one WebSocket for all (/ws/chat), or an event stream for each
// (/chat/stream). The socket is preferred; when it is not open, the stream is used.
import { Problem } from "../../api/http.ts";
import { openSocket, type LiveSocket } from "../../lib/live_socket.ts";
import { readEvents } from "../../lib/sse.ts";
import type { Message } from "./turn.ts";

export interface Ask {
  prompt: string;
  max_tokens: number;
  temperature: number;
  top_p: number;
  top_k: number;
  seed?: number;
  use_moe: boolean;
}

export type Way = "websocket" | "events";
export type Hear = (id: string, message: Message) => void;

const KINDS: Record<string, Message["kind"]> = {
  stream_start: "start",
  token: "token",
  stream_end: "end",
  error: "error",
};

function messageOf(type: string, fields: Record<string, unknown>): Message | undefined {
  const kind = KINDS[type];
  return kind && ({ ...fields, kind } as Message);
}

export class Transport {
  private readonly socket: LiveSocket;
  private socketOpen = false;
  private readonly onSocket = new Set<string>();
  private readonly streams = new Map<string, AbortController>();

  constructor(private readonly hear: Hear) {
    this.socket = openSocket("/ws/chat", {
      onMessage: ({ type, id, ...fields }) => this.heard(String(type), String(id ?? ""), fields),
      onState: (open) => {
        this.socketOpen = open;
        if (!open) this.onSocket.forEach((id) => this.tell(id, { kind: "gone" }));
      },
    });
  }

  start(id: string, ask: Ask, wish: Way): Way {
    if (
      wish === "websocket" &&
      this.socketOpen &&
      this.socket.send({ type: "start", id, ...ask })
    ) {
      this.onSocket.add(id);
      return "websocket";
    }
    void this.stream(id, ask);
    return "events";
  }

  cancel(id: string): void {
    this.hear(id, { kind: "cancelling" });
    if (this.onSocket.has(id)) this.socket.send({ type: "cancel", id });
    this.streams.get(id)?.abort();
  }

  close(): void {
    this.socket.close();
    this.streams.forEach((stream) => stream.abort());
  }

  private tell(id: string, message: Message): void {
    if (message.kind !== "start" && message.kind !== "token") this.onSocket.delete(id);
    this.hear(id, message);
  }

  private heard(type: string, id: string, fields: Record<string, unknown>): void {
    const message = messageOf(type, fields);
    if (message) this.tell(id, message);
  }

  private async stream(id: string, ask: Ask): Promise<void> {
    const stop = new AbortController();
    this.streams.set(id, stop);
    const query = new URLSearchParams(
      Object.entries(ask).map(([key, value]) => [key, String(value)]),
    );
    try {
      const response = await fetch(`/chat/stream?${query}`, { signal: stop.signal });
      if (!response.ok) throw Problem.from(response.status, await response.json());
      await readEvents(response, ({ event, data }) =>
        this.heard(event, id, JSON.parse(data) as Record<string, unknown>),
      );
      this.hear(id, { kind: "gone" }); // changes nothing after an end
    } catch (error) {
      const told =
        error instanceof Problem
          ? ({ kind: "error", detail: error.detail, next_step: error.nextStep } as const)
          : ({ kind: "gone" } as const);
      this.hear(id, told);
    } finally {
      this.streams.delete(id);
    }
  }
}

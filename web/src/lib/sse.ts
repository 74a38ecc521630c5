// Server-sent events read from a fetch, so that a refusal's body can be shown (EventSource hides
// it). WHATWG HTML, section 9.2, without ids and retry times.

export interface ServerEvent {
  event: string;
  data: string;
}

/** Feed it text as it arrives; it hands out whole events. */
export class EventParser {
  private rest = "";
  private event = "message";
  private data: string[] = [];

  feed(text: string): ServerEvent[] {
    const lines = (this.rest + text).split(/\r\n|\n|\r/);
    this.rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): ServerEvent[] {
    if (line === "") {
      const whole = { event: this.event, data: this.data.join("\n") };
      const any = this.data.length > 0;
      this.event = "message";
      this.data = [];
      return any ? [whole] : [];
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.event = value;
    if (field === "data") this.data.push(value);
    return [];
  }
}

export async function readEvents(response: Response, onEvent: (event: ServerEvent) => void) {
  const reader = response.body?.getReader();
  const parser = new EventParser();
  const decoder = new TextDecoder();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(decoder.decode(value, { stream: true })).forEach(onEvent);
  }
}

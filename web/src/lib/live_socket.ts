// A WebSocket that comes back by itself, and says whether it is there.

export interface LiveSocket {
  send(message: object): boolean;
  close(): void;
}

interface Handlers {
  onMessage(message: Record<string, unknown>): void;
  onState(open: boolean): void;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8000;

export function socketUrl(path: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}

export function openSocket(path: string, handlers: Handlers): LiveSocket {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry = FIRST_RETRY_MS;
  let closed = false;

  const connect = () => {
    socket = new WebSocket(socketUrl(path));
    socket.onopen = () => {
      retry = FIRST_RETRY_MS;
      handlers.onState(true);
    };
    socket.onmessage = ({ data }) => {
      const message: unknown = JSON.parse(String(data));
      if (typeof message === "object" && message) {
        handlers.onMessage(message as Record<string, unknown>);
      }
    };
    socket.onclose = () => {
      if (closed) return;
      handlers.onState(false);
      timer = setTimeout(connect, retry);
      retry = Math.min(retry * 2, LAST_RETRY_MS);
    };
  };
  connect();

  return {
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

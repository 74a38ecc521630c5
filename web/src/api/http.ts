// Requests to the node; its refusals are RFC 9457 problem documents.

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly nextStep: string,
  ) {
    super(detail);
  }

  static of(error: unknown): Problem {
    if (error instanceof Problem) return error;
    return new Problem(
      0,
      "no answer",
      "The node does not answer.",
      "Start it with ./up, or wait: this page tries again by itself.",
    );
  }

  /** What a body says, whatever its shape. */
  static from(status: number, body: unknown): Problem {
    const fields = (typeof body === "object" && body ? body : {}) as Record<string, unknown>;
    const text = (key: string, fallback: string) =>
      typeof fields[key] === "string" ? (fields[key] as string) : fallback;
    return new Problem(
      status,
      text("title", `status ${status}`),
      text("detail", `The node answered with status ${status}.`),
      text("next_step", ""),
    );
  }

  get missing(): boolean {
    return this.status === 404;
  }
}

/** Reads JSON; throws Problem, with status 0 when nobody answers. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      headers: { accept: "application/json" },
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw Problem.of(error);
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok || body === null) throw Problem.from(response.status, body);
  return body as T;
}

export async function post<T>(path: string, message: object): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(message),
  }).catch((error: unknown) => {
    throw Problem.of(error);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw Problem.from(response.status, body);
  return body as T;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

// The assistant's server: asks it a question and gives what comes back, piece by piece. Sends no cookies and no key: on
// another site, a short-lived token that the server gives to the sites it knows.

import type { Answer, Citation, Turn } from "./answer";
import { eventsOf } from "./stream";
import { Trouble } from "./trouble";

export type Piece = { text: string } | { citation: Citation } | { answer: Answer };

/** Milliseconds of silence after which an answer counts as broken off: a local model may think for long. */
const PATIENCE = 120_000;
/** Milliseconds before its end at which a token is renewed. */
const MARGIN = 10_000;

export class Server {
  #token = "";
  #until = 0;

  /** address: where the server is, with a slash at its end. */
  constructor(readonly address: string) {}

  /** What comes back, the answer last. Rejects with Trouble, or with an AbortError where `signal` was aborted. */
  async *ask(question: string, history: Turn[], documents: string[], signal: AbortSignal): AsyncGenerator<Piece> {
    const response = await this.#post({ question, history, documents, stream: true }, signal);
    try {
      if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
        yield { answer: await response.json() };
        return;
      }
      for await (const { event, data } of eventsOf(response.body!, PATIENCE)) {
        const content = JSON.parse(data);
        if (event === "text") yield { text: content.text };
        else if (event === "citation") yield { citation: content };
        else if (event === "error") throw Trouble.of(content.status, content.retry_after);
        else if (event === "answer") {
          yield { answer: content };
          return;
        }
      }
    } catch (error) {
      throw signal.aborted || error instanceof Trouble ? error : new Trouble("cut");
    }
    throw new Trouble("cut");
  }

  async #post(body: object, signal: AbortSignal): Promise<Response> {
    const foreign = new URL(this.address).origin !== location.origin;
    if (foreign && Date.now() > this.#until) await this.#visit(signal);
    const send = () =>
      this.#fetch("api/ask", signal, JSON.stringify(body), {
        "Content-Type": "application/json",
        Accept: "text/event-stream",
        ...(this.#token && { Authorization: `Bearer ${this.#token}` }),
      });
    let response = await send();
    if (response.status === 401) {
      await this.#visit(signal);
      response = await send();
    }
    return accepted(response);
  }

  async #visit(signal: AbortSignal): Promise<void> {
    const response = await accepted(await this.#fetch("api/visitor", signal));
    const { token, expires_in } = await response.json();
    this.#token = token;
    this.#until = Date.now() + expires_in * 1000 - MARGIN;
  }

  async #fetch(path: string, signal: AbortSignal, body?: string, headers?: Record<string, string>): Promise<Response> {
    const options: RequestInit = { method: "POST", credentials: "same-origin", referrerPolicy: "origin", cache: "no-store" };
    try {
      return await fetch(this.address + path, { ...options, signal, body, headers });
    } catch (error) {
      if (signal.aborted) throw error;
      throw new Trouble((await this.#reachable()) ? "refused" : "offline");
    }
  }

  /** Whether the server answers at all: a browser tells a refused site and a dead line with the same error. */
  async #reachable(): Promise<boolean> {
    if (new URL(this.address).origin === location.origin) return false;
    const options: RequestInit = { mode: "no-cors", credentials: "omit", cache: "no-store" };
    return fetch(`${this.address}healthz`, options).then(
      () => true,
      () => false,
    );
  }
}

/** A response that is no error; what the server says of an error is for whoever built the page. */
async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { detail } = await response.json().catch(() => ({}));
  console.warn(`policy-chat: ${response.status} ${detail ?? ""}`);
  throw Trouble.of(response.status, response.headers.get("retry-after"));
}

const servers = new Map<string, Server>();

/** The server at an address: the widgets of a page share its token. */
export function serverAt(address: string): Server {
  const server = servers.get(address) ?? new Server(address);
  servers.set(address, server);
  return server;
}

// What can go wrong on the way to an answer, and the plain words for it.

import { fill, type Words } from "./words";

export type Kind = "offline" | "refused" | "busy" | "long" | "server" | "cut";

export class Trouble extends Error {
  constructor(
    readonly kind: Kind,
    readonly seconds = 0,
  ) {
    super(kind);
  }

  /** The trouble behind a status; 429 says after how many seconds to come back. */
  static of(status: number, retryAfter: string | null): Trouble {
    if (status === 401 || status === 403) return new Trouble("refused");
    if (status === 413) return new Trouble("long");
    if (status === 429) return new Trouble("busy", Math.ceil(Number(retryAfter)) || 0);
    return new Trouble("server");
  }

  said(words: Words): string {
    switch (this.kind) {
      case "busy":
        return this.seconds ? fill(words.error_busy_seconds, { seconds: this.seconds }) : words.error_busy;
      case "refused":
        return fill(words.error_refused, { origin: location.origin });
      default:
        return words[`error_${this.kind}`];
    }
  }
}

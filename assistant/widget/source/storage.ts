// The finished turns of a conversation, kept for the life of the browser's tab, where the browser allows it at all.

import type { Answer } from "./answer";

/** Exchanges kept: the oldest go first. */
const KEPT = 20;

export interface Exchanged {
  question: string;
  answer: Answer;
}

export class Storage {
  constructor(readonly key: string) {}

  read(): Exchanged[] {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((item) => typeof item?.answer?.text === "string") : [];
    } catch {
      return []; // private windows, sandboxed frames, somebody else's text under our name
    }
  }

  write(exchanges: Exchanged[]): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(exchanges.slice(-KEPT)));
    } catch {
      // Full or forbidden: the conversation then lives as long as the page.
    }
  }
}

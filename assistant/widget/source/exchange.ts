// One question and what came of it: an answer that grows, is stopped, fails, or stands whole with its sources.

import type { Answer, Citation } from "./answer";
import { element, tag } from "./dom";
import { Prose } from "./prose";
import { markerOf, sourcesOf } from "./sources";
import type { Trouble } from "./trouble";
import type { Words } from "./words";

export class Exchange {
  readonly node: HTMLElement;
  answer: Answer | undefined;
  readonly #prose = new Prose();
  readonly #reply: HTMLElement;
  readonly #citations: Citation[] = [];
  #text = "";
  #drawing = 0;

  /** again: asks the same question anew, in this one's place. */
  constructor(
    readonly question: string,
    readonly words: Words,
    readonly again: () => void,
  ) {
    this.#reply = element("div", { class: "answer", part: "answer" }, element("p", { class: "waiting" }, words.waiting));
    const asked = element("p", { class: "asked", part: "question", lang: tag(question) }, question);
    this.node = element("div", { class: "exchange" }, asked, this.#reply);
  }

  /** What has been said so far. */
  get text(): string {
    return this.#text;
  }

  cite(citation: Citation): void {
    this.#citations.push(citation);
  }

  /** A piece of text; pieces are drawn together, once for each frame. */
  say(piece: string, drawn: () => void): void {
    this.#text += piece;
    this.#drawing ||= requestAnimationFrame(() => {
      this.#draw();
      drawn();
    });
  }

  finish(answer: Answer): void {
    this.answer = answer;
    this.#text = answer.text;
    this.#citations.splice(0, Infinity, ...answer.citations);
    this.#draw();
    const refused = answer.abstained && answer.kind !== "invalid";
    this.#reply.classList.toggle("abstained", refused);
    this.#end(
      ...answer.notices.map((notice) => element("p", { class: "notice" }, notice)),
      ...sourcesOf(answer, this.words),
    );
  }

  stop(): void {
    this.#draw();
    this.#end(element("p", { class: "notice" }, this.words.stopped), this.#retry(this.words.again));
  }

  fail(trouble: Trouble): void {
    this.#draw();
    this.#end(element("p", { class: "notice trouble" }, trouble.said(this.words)), this.#retry(this.words.retry));
  }

  #retry(label: string): HTMLElement {
    return element("button", { type: "button", class: "retry", click: this.again }, label);
  }

  #draw(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    if (!this.#text) return;
    if (!this.#prose.node.isConnected) this.#reply.replaceChildren(this.#prose.node);
    this.#reply.lang = tag(this.#text);
    this.#prose.write(this.#text, (number) => {
      const index = this.#citations.findIndex((citation) => citation.number === number);
      const language = this.answer?.language ?? (tag(this.question) === "en" ? "en" : "zh");
      if (index < 0) return undefined;
      return markerOf({ citations: this.#citations, index, near: false, language }, this.words);
    });
  }

  #end(...nodes: Node[]): void {
    this.#reply.querySelector(".waiting")?.remove();
    this.#reply.append(...nodes);
    this.node.classList.add("done");
  }
}

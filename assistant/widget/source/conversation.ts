// The conversation: asks, shows what comes back as it comes, and remembers the turns that later questions build on.

import type { Answer, Turn } from "./answer";
import { element } from "./dom";
import { Exchange } from "./exchange";
import type { Options } from "./options";
import { serverAt } from "./server";
import type { Storage } from "./storage";
import { Trouble } from "./trouble";
import type { Words } from "./words";

/** Earlier exchanges that a question is sent with: follow-ups lean on the last few. */
const HISTORY = 8;

export interface Listener {
  /** An answer starts (true) or has come to its end, whichever that is. */
  writing(writing: boolean): void;
  answered(answer: Answer): void;
}

export class Conversation {
  readonly node: HTMLElement;
  readonly #log: HTMLElement;
  /** Read out by a screen reader: that a question is being looked up, then the whole answer, once. */
  readonly #status = element("div", { class: "unseen", role: "status" });
  #exchanges: Exchange[] = [];
  #writing: AbortController | undefined;
  #following = false;

  constructor(
    readonly options: Options,
    readonly words: Words,
    readonly storage: Storage,
    readonly listener: Listener,
  ) {
    // Announced through the status: a log that grows by the word would be read by the word.
    this.#log = element(
      "div",
      { class: "log", part: "log", role: "log", "aria-live": "off", "aria-label": words.conversation, tabindex: "0" },
      this.#welcome(),
    );
    for (const gesture of ["wheel", "touchmove", "keydown"]) {
      this.#log.addEventListener(gesture, () => (this.#following = false), { passive: true });
    }
    this.node = element("div", { class: "conversation" }, this.#log, this.#status);
    for (const { question, answer } of storage.read()) this.#add(question).finish(answer);
  }

  /** The answer, or nothing where it was stopped or failed: what happened is then shown in its place. */
  async ask(question: string, at?: Exchange): Promise<Answer | undefined> {
    this.stop();
    const writing = (this.#writing = new AbortController());
    const earlier = at ? this.#exchanges.slice(0, this.#exchanges.indexOf(at)) : this.#exchanges.slice();
    const exchange = this.#add(question, at);
    this.#following = true;
    this.#follow(exchange);
    this.listener.writing(true);
    this.#status.textContent = this.words.waiting;
    try {
      const { host, documents } = this.options;
      for await (const piece of serverAt(host).ask(question, turns(earlier), documents, writing.signal)) {
        if (writing.signal.aborted) break;
        if ("text" in piece) exchange.say(piece.text, () => this.#follow(exchange));
        else if ("citation" in piece) exchange.cite(piece.citation);
        else exchange.finish(piece.answer);
      }
    } catch (error) {
      if (!writing.signal.aborted) exchange.fail(error instanceof Trouble ? error : new Trouble("server"));
    }
    if (this.#writing === writing) {
      this.#writing = undefined;
      this.listener.writing(false);
      this.#status.textContent = exchange.node.querySelector(".answer")!.textContent;
      this.#follow(exchange);
    }
    if (!exchange.answer) return undefined;
    this.#keep();
    this.listener.answered(exchange.answer);
    return exchange.answer;
  }

  stop(): void {
    if (!this.#writing) return;
    this.#writing.abort();
    this.#writing = undefined;
    this.#exchanges.find((exchange) => !exchange.node.matches(".done"))?.stop();
    this.#status.textContent = this.words.stopped;
    this.listener.writing(false);
  }

  clear(): void {
    this.stop();
    this.#exchanges = [];
    this.#keep();
    this.#status.textContent = "";
    this.#log.replaceChildren(this.#welcome());
  }

  #add(question: string, at?: Exchange): Exchange {
    const exchange: Exchange = new Exchange(question, this.words, () => void this.ask(question, exchange));
    if (at) {
      at.node.replaceWith(exchange.node);
      this.#exchanges.splice(this.#exchanges.indexOf(at), 1, exchange);
      this.#log.focus({ preventScroll: true });
    } else {
      this.#log.append(exchange.node);
      this.#exchanges.push(exchange);
    }
    return exchange;
  }

  #keep(): void {
    this.storage.write(this.#exchanges.flatMap(({ question, answer }) => (answer ? [{ question, answer }] : [])));
  }

  /** Down with the answer until its question is at the top; whoever scrolls is left alone. */
  #follow({ node }: Exchange): void {
    if (this.#following) this.#log.scrollTop = Math.min(node.offsetTop - 12, this.#log.scrollHeight);
  }

  #welcome(): HTMLElement {
    const { examples, greeting } = this.options;
    const buttons = examples.map((question) =>
      element("button", { type: "button", class: "example", click: () => void this.ask(question) }, question),
    );
    return element(
      "div",
      { class: "welcome" },
      element("p", { class: "greeting" }, greeting || this.words.greeting),
      ...(buttons.length ? [element("p", { class: "label" }, this.words.examples), ...buttons] : []),
    );
  }
}

const turns = (exchanges: Exchange[]): Turn[] =>
  exchanges
    .filter(({ answer }) => answer && answer.kind !== "invalid")
    .slice(-HISTORY)
    .flatMap(({ question, answer }) => [
      { role: "user", content: question },
      { role: "assistant", content: answer!.text },
    ]);

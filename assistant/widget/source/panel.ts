// The panel: the conversation under its title, the composer, and beside or over them the passage that is being read.

import type { Answer } from "./answer";
import { Composer } from "./composer";
import { Conversation } from "./conversation";
import { element, icon, iconButton } from "./dom";
import type { Options } from "./options";
import { Passage } from "./passage";
import { Preview } from "./preview";
import { openingAt, point } from "./sources";
import type { Storage } from "./storage";
import type { Words } from "./words";

/** Width in pixels from which the passage stands beside the conversation. */
const BESIDE = 700;

export class Panel {
  readonly node: HTMLElement;
  readonly conversation: Conversation;
  readonly composer: Composer;
  readonly #passage: Passage;
  readonly #preview: Preview;
  readonly #chat: HTMLElement;
  readonly #width = new ResizeObserver(() => this.#arrange());

  /** close: given where the panel can be closed. */
  constructor(options: Options, words: Words, storage: Storage, answered: (answer: Answer) => void, close?: () => void) {
    this.composer = new Composer(
      words,
      (question) => void this.ask(question),
      () => this.conversation.stop(),
    );
    this.conversation = new Conversation(options, words, storage, {
      writing: (writing) => this.composer.writing(writing),
      answered,
    });
    this.#passage = new Passage(words, (reading) => {
      point(this.conversation.node, reading);
      this.#arrange();
    });
    const title = options.title || words.name;
    const fresh = iconButton("fresh", words.new_chat, () => {
      this.#passage.close();
      this.conversation.clear();
      this.composer.box.focus({ preventScroll: true });
    });
    const header = element(
      "div",
      { class: "header", part: "header" },
      icon("chat"),
      element("h2", {}, title),
      fresh,
      ...(close ? [iconButton("close", words.close, close)] : []),
    );
    this.#chat = element("div", { class: "chat" }, this.conversation.node, this.composer.node);
    const stage = element("div", { class: "stage" }, this.#chat, this.#passage.node);
    const attributes = { class: close ? "panel floating" : "panel", part: "panel", "aria-label": title, lang: options.language };
    this.node = close
      ? element("dialog", { ...attributes, popover: "manual", tabindex: "-1" }, header, stage)
      : element("div", { ...attributes, role: "region" }, header, stage);
    this.#preview = new Preview(this.conversation.node.querySelector(".log")!, this.node);
    this.node.append(this.#preview.node);
    this.node.addEventListener("click", ({ target }) => {
      const found = openingAt(target);
      if (!found) return;
      this.#preview.hide();
      this.#passage.open(found.opening, found.control);
    });
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (!this.escape()) {
        if (!close) return;
        close();
      }
      event.preventDefault();
      event.stopPropagation();
    });
    this.#width.observe(this.node);
  }

  ask(question: string): Promise<Answer | undefined> {
    this.#passage.close();
    return this.conversation.ask(question);
  }

  /** Close what lies uppermost within the panel; whether there was anything. */
  escape(): boolean {
    return this.#preview.hide() || this.#passage.close();
  }

  #arrange(): void {
    const reading = !this.#passage.node.hidden;
    this.node.classList.toggle("split", reading);
    this.node.classList.toggle("beside", this.node.clientWidth >= BESIDE);
    this.#chat.inert = reading && !this.node.matches(".beside");
  }
}

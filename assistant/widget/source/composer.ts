// Where a question is typed: Enter sends, Shift+Enter starts a line, and while an answer comes the button stops it.

import { element, icon } from "./dom";
import type { Words } from "./words";

export class Composer {
  readonly node: HTMLFormElement;
  readonly box: HTMLTextAreaElement;
  readonly #button: HTMLButtonElement;
  #writing = false;

  constructor(
    readonly words: Words,
    send: (question: string) => void,
    stop: () => void,
  ) {
    this.box = element("textarea", {
      part: "input",
      rows: "1",
      "aria-label": words.question,
      placeholder: words.placeholder,
      input: () => this.#grow(),
      keydown: (event: KeyboardEvent) => {
        // While characters are being composed (Chinese is typed so), Enter chooses among them.
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        if (!this.#writing) this.node.requestSubmit();
      },
    });
    this.#button = element("button", { type: "submit", class: "send", part: "send" });
    const field = element("div", { class: "field" }, this.box, this.#button);
    const submit = (event: Event) => {
      event.preventDefault();
      if (this.#writing) stop();
      else if (this.box.value.trim()) {
        const question = this.box.value.trim();
        this.box.value = "";
        this.#grow();
        // A phone's keyboard makes room for the answer.
        if (matchMedia("(pointer: coarse)").matches) this.box.blur();
        send(question);
      } else this.box.focus({ preventScroll: true });
    };
    this.node = element("form", { class: "composer", part: "composer", submit }, field, element("p", { class: "note" }, words.note));
    this.writing(false);
  }

  /** Whether an answer is on its way. */
  writing(writing: boolean): void {
    this.#writing = writing;
    const label = writing ? this.words.stop : this.words.send;
    this.#button.setAttribute("aria-label", label);
    this.#button.title = label;
    this.#button.replaceChildren(icon(writing ? "stop" : "send"));
  }

  #grow(): void {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
  }
}

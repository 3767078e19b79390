// The reading view: the cited passage with the quoted words marked, its translation, and where it stands.

import { place, quoted, type Citation } from "./answer";
import { element, iconButton, tag } from "./dom";
import { foreign, type Opening } from "./sources";
import { fill, type Words } from "./words";

export class Passage {
  readonly node: HTMLElement;
  #opening: Opening | undefined;
  #control: HTMLElement | undefined;
  readonly #title: HTMLElement;
  readonly #position = element("span", { class: "position" });
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #body: HTMLElement;

  /** changed: told which citation is being read, and when none is any more. */
  constructor(
    readonly words: Words,
    readonly changed: (reading: Citation | undefined) => void,
  ) {
    this.#title = element("h3", { id: "passage", tabindex: "-1" }, words.passage);
    this.#previous = iconButton("previous", words.previous, () => this.#step(-1));
    this.#next = iconButton("next", words.next, () => this.#step(1));
    this.#body = element("div", { class: "reading", tabindex: "0", role: "group", "aria-labelledby": "passage" });
    const bar = element(
      "div",
      { class: "bar" },
      iconButton("back", words.back, () => this.close()),
      this.#title,
      element("div", { class: "steps" }, this.#previous, this.#position, this.#next),
    );
    const attributes = { class: "passage", part: "passage", role: "region", "aria-labelledby": "passage", hidden: true };
    this.node = element("div", attributes, bar, this.#body);
  }

  /** Open what a control stands for; closing gives it the focus back. */
  open(opening: Opening, control: HTMLElement): void {
    this.#control = control;
    this.#show(opening);
    this.#title.focus({ preventScroll: true });
  }

  /** Whether there was one to close. */
  close(): boolean {
    if (this.node.hidden) return false;
    this.node.hidden = true;
    this.changed(undefined);
    this.#control?.focus({ preventScroll: true });
    this.#opening = this.#control = undefined;
    return true;
  }

  #step(by: number): void {
    if (this.#opening) this.#show({ ...this.#opening, index: this.#opening.index + by });
  }

  #show(opening: Opening): void {
    const { citations, index } = opening;
    this.#opening = opening;
    this.#position.textContent = fill(this.words.position, { number: index + 1, count: citations.length });
    this.#previous.disabled = index === 0;
    this.#next.disabled = index === citations.length - 1;
    this.#previous.parentElement!.hidden = citations.length < 2;
    this.#body.replaceChildren(...this.#read(citations[index]!, opening));
    this.node.hidden = false;
    this.changed(citations[index]);
    const mark = this.#body.querySelector("mark");
    const below = mark ? mark.offsetTop + mark.offsetHeight - this.#body.clientHeight : 0;
    this.#body.scrollTop = mark && below > 0 ? Math.min(mark.offsetTop - 24, below + 48) : 0;
  }

  #read(citation: Citation, { near, language }: Opening): HTMLElement[] {
    const { words } = this;
    const other = foreign(citation, language);
    const parts: HTMLElement[] = [
      element("p", { class: "document", lang: tag(citation.document.title) }, citation.document.title),
      element("p", { class: "place", lang: tag(place(citation)) }, place(citation)),
    ];
    const translation = place(citation, true);
    if (near) parts.push(element("p", { class: "remark" }, words.nearest_remark));
    if (other) parts.push(element("p", { class: "label" }, words.original));
    parts.push(text("original", quoted(citation), near));
    if (citation.text_translation && citation.text_translation !== citation.text) {
      parts.push(
        element(
          "details",
          { open: other },
          element("summary", { class: "label" }, words.translation),
          element("p", { class: "place", lang: tag(translation) }, translation),
          text("translated", translated(citation), near),
        ),
      );
    }
    const address = citation.url && /^https?:\/\//i.test(citation.url) ? citation.url : "";
    if (address) {
      parts.push(element("a", { class: "link", href: address, target: "_blank", rel: "noopener noreferrer" }, words.link));
    }
    return parts;
  }
}

function text(kind: string, [before, words, after]: [string, string, string], near: boolean): HTMLElement {
  const marked = words && !near ? element("mark", {}, words) : words;
  return element("p", { class: kind, lang: tag(before + words + after) }, before, marked, after);
}

function translated({ text_translation, translation }: Citation): [string, string, string] {
  const whole = text_translation ?? "";
  const start = translation ? whole.indexOf(translation) : -1;
  if (start < 0 || !translation) return [whole, "", ""];
  return [whole.slice(0, start), translation, whole.slice(start + translation.length)];
}

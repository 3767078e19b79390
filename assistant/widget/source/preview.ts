// The preview of a citation: a small card beside the marker that the pointer or the focus is on.

import { place } from "./answer";
import { element, shortened, tag } from "./dom";
import { foreign, openingAt } from "./sources";

const QUOTE = 180;
/** Milliseconds for the pointer to get from a marker to its card. */
const GRACE = 150;
const GAP = 6;

export class Preview {
  readonly node = element("div", { class: "preview", role: "tooltip", id: "preview", hidden: true });
  #control: HTMLElement | undefined;
  #timer = 0;

  /** area: where the markers are; frame: what the card stays within. */
  constructor(
    area: HTMLElement,
    readonly frame: HTMLElement,
  ) {
    const enter = (event: Event) => this.#show(event.target);
    const leave = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.hide(), GRACE);
    };
    area.addEventListener("pointerover", (event) => event.pointerType === "mouse" && enter(event));
    area.addEventListener("pointerout", leave);
    area.addEventListener("focusin", (event) => (event.target as Element).matches(":focus-visible") && enter(event));
    area.addEventListener("focusout", () => this.hide());
    area.addEventListener("scroll", () => this.#follow(area), { passive: true });
    this.node.addEventListener("pointerover", () => clearTimeout(this.#timer));
    this.node.addEventListener("pointerout", leave);
  }

  #show(target: EventTarget | null): void {
    const found = openingAt(target);
    if (!found?.control.matches(".cite")) return;
    clearTimeout(this.#timer);
    this.hide();
    const { control, opening } = found;
    const citation = opening.citations[opening.index]!;
    const other = foreign(citation, opening.language);
    const quote = (other && citation.translation) || citation.quote;
    const where = place(citation, other);
    this.node.replaceChildren(
      element("p", { class: "quote", lang: tag(quote) }, shortened(quote, QUOTE)),
      element("p", { class: "place", lang: tag(where) }, where),
      element("p", { class: "document", lang: tag(citation.document.title) }, citation.document.title),
    );
    this.node.hidden = false;
    this.#control = control;
    control.setAttribute("aria-describedby", this.node.id);
    this.#put(control.getBoundingClientRect());
  }

  #put(marker: DOMRect): void {
    const frame = this.frame.getBoundingClientRect();
    const card = this.node.getBoundingClientRect();
    const left = Math.min(Math.max(marker.left - card.width / 2, frame.left + GAP), frame.right - card.width - GAP);
    const above = marker.top - card.height - GAP;
    const top = above > frame.top ? above : marker.bottom + GAP;
    this.node.style.left = `${left - frame.left}px`;
    this.node.style.top = `${top - frame.top}px`;
  }

  #follow(area: HTMLElement): void {
    if (!this.#control) return;
    const marker = this.#control.getBoundingClientRect();
    const seen = area.getBoundingClientRect();
    if (marker.top < seen.top || marker.bottom > seen.bottom) this.hide();
    else this.#put(marker);
  }

  /** Whether there was one to hide. */
  hide(): boolean {
    clearTimeout(this.#timer);
    this.#control?.removeAttribute("aria-describedby");
    this.#control = undefined;
    if (this.node.hidden) return false;
    this.node.hidden = true;
    return true;
  }
}

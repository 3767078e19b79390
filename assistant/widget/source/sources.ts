// Citations in an answer: the marker in the text, the row in the list under it. Both open the same passage.

import { place, type Answer, type Citation } from "./answer";
import { element, shortened, tag } from "./dom";
import { fill, type Words } from "./words";

const SNIPPET = 140;

/** What a marker or a row opens: one of the citations of an answer, or one of the passages near a question. */
export interface Opening {
  citations: Citation[];
  index: number;
  near: boolean;
  language: Answer["language"];
}

const openings = new WeakMap<Element, Opening>();

/** The control under a pointer or the focus, and what it opens. */
export function openingAt(target: EventTarget | null): { control: HTMLElement; opening: Opening } | undefined {
  const control = target instanceof Element ? target.closest<HTMLElement>("button") : null;
  const opening = control && openings.get(control);
  return opening ? { control, opening } : undefined;
}

/** Shows which of the controls in an area stand for what is being read. */
export function point(area: HTMLElement, reading: Citation | undefined): void {
  for (const control of area.querySelectorAll(".cite, .source")) {
    const opening = openings.get(control);
    const current = reading !== undefined && opening?.citations[opening.index] === reading;
    control.classList.toggle("read", current);
    if (current) control.setAttribute("aria-current", "true");
    else control.removeAttribute("aria-current");
  }
}

export function markerOf(opening: Opening, words: Words): HTMLElement {
  const citation = opening.citations[opening.index]!;
  const where = place(citation, foreign(citation, opening.language));
  const label = fill(words.source, { number: citation.number, place: where });
  const button = element("button", { type: "button", class: "cite", part: "citation", "aria-label": label });
  button.textContent = String(citation.number);
  openings.set(button, opening);
  return button;
}

/** The list under an answer: its sources, or the passages nearest to a question that it does not answer. */
export function sourcesOf({ citations, nearest, language }: Answer, words: Words): HTMLElement[] {
  const near = !citations.length;
  const shown = near ? nearest : citations;
  if (!shown.length) return [];
  const rows = shown.map((citation, index) => {
    const where = place(citation, foreign(citation, language));
    // Said once for neighbours from one document.
    const { id, title } = citation.document;
    const named = id === shown[index - 1]?.document.id ? [] : [element("span", { class: "document", lang: tag(title) }, title)];
    const button = element(
      "button",
      { type: "button", class: "source" },
      element("span", { class: "number", "aria-hidden": "true" }, String(citation.number)),
      element(
        "span",
        { class: "where" },
        element("span", { class: "place", lang: tag(where) }, where),
        ...named,
        ...(near ? [snippet(citation, language)] : []),
      ),
    );
    openings.set(button, { citations: shown, index, near, language });
    return element("li", {}, button);
  });
  return [
    element("p", { class: "label" }, near ? words.nearest : words.sources),
    element("ol", { class: near ? "sources near" : "sources" }, ...rows),
  ];
}

function snippet(citation: Citation, language: Answer["language"]): HTMLElement {
  const text = foreign(citation, language) ? citation.text_translation! : citation.text;
  return element("span", { class: "snippet", lang: tag(text) }, shortened(text, SNIPPET));
}

/** Whether the source is in another language than the answer, and has a translation to stand beside it. */
export const foreign = (citation: Citation, language: Answer["language"]): boolean =>
  citation.text_translation !== null && tag(citation.quote).startsWith(language) === false;

// A small card beside [n] with what it cites, for a pointer that rests on it and for the focus; Esc takes it away.

import { headingsOf, isForeign, sourcesOf } from "./conversation.js";
import { element } from "./elements.js";
import { exchangeAt, log } from "./messages.js";
import { plain, shortened } from "./prose.js";
import { languageOf, tag, titleOf } from "./words.js";

const LONGEST = 240;
const PAUSE = 150;

export const card = element("div", { id: "preview", role: "tooltip", hidden: true });
let timer;
let of = null;

function show(link) {
  const exchange = exchangeAt(link);
  const citation = exchange && sourcesOf(exchange).find((one) => `#${one.number}` === link.getAttribute("href"));
  if (!citation) return;
  hide();
  of = link;
  const line = (className, words) => element("p", { className, lang: tag(languageOf(words)) }, shortened(plain(words), LONGEST));
  const where = [citation.section.number, headingsOf(exchange, citation).at(-1)].filter(Boolean).join(" ") || titleOf(citation.document);
  card.replaceChildren(line("place", where), line("quote", citation.quote));
  if (isForeign(exchange, citation) && citation.translation) card.append(line("other", citation.translation));
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  const box = link.getBoundingClientRect();
  const above = box.top - card.offsetHeight - 8;
  card.style.top = `${above > 8 ? above : box.bottom + 8}px`;
  card.style.left = `${Math.max(8, Math.min(box.left - 24, innerWidth - card.offsetWidth - 8))}px`;
}

function hide() {
  clearTimeout(timer);
  of?.removeAttribute("aria-describedby");
  of = null;
  card.hidden = true;
}

const soon = (act) => {
  clearTimeout(timer);
  timer = setTimeout(act, PAUSE);
};
const marker = (event) => event.target.closest?.("a.cite");

log.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse" && marker(event) && marker(event) !== of) soon(() => show(marker(event)));
});
log.addEventListener("pointerout", (event) => marker(event) && soon(hide));
card.addEventListener("pointerenter", () => clearTimeout(timer));
card.addEventListener("pointerleave", () => soon(hide));
log.addEventListener("focusin", (event) => marker(event)?.matches(":focus-visible") && show(marker(event)));
log.addEventListener("focusout", hide);
log.addEventListener("scroll", hide, { passive: true });
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("click", hide, true);

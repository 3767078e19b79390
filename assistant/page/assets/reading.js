// The reading pane: a whole document with its outline, the cited words marked where they stand, and from each of them the
// way back to the sentence that cites it; the original, its translation, or both side by side.

import { exchanges, isForeign, isNear, sourcesOf } from "./conversation.js";
import { headingOf, listed, loaded, pathTo } from "./documents.js";
import { element, icon, menu, pictured } from "./elements.js";
import { markerOf } from "./messages.js";
import { paint } from "./paragraphs.js";
import { plain } from "./prose.js";
import { read, write } from "./storage.js";
import { inWords, language, languageOf, say, tag, titleOf } from "./words.js";

const sheet = window.matchMedia("(max-width: 900px)");
const VIEWS = ["original", "both", "translation"];

const title = element("h2", { id: "pane-title", tabIndex: -1 });
const remark = element("p", { className: "remark", hidden: true });
const body = element("div", { className: "pane-body", tabIndex: 0, role: "region", "aria-labelledby": "pane-title" });
const bar = element("div", { className: "pane-bar" });
const tools = element("div", { className: "pane-tools" });
const outline = element("button", { type: "button", className: "outline" });
export const pane = element(
  "aside",
  { id: "pane", "aria-labelledby": "pane-title" },
  element("header", {}, title, tools),
  bar,
  remark,
  body,
);
export const shade = element("div", { id: "shade", onclick: () => close() });

// What is open: a document, and the citation of an exchange in it, if one was followed.
let open = null;
let view = VIEWS.includes(read("view")) ? read("view") : null;

// --- Opening ---

export async function openCitation(exchange, number, { focus = false, raise: rising = true } = {}) {
  const citation = sourcesOf(exchange).find((one) => one.number === number);
  if (!citation) return;
  const other = isForeign(exchange, citation);
  await show(citation.document, { exchange, citation, near: isNear(exchange), foreign: other }, rising);
  if (focus || (sheet.matches && rising)) title.focus({ preventScroll: true });
}

export const openDocument = (source) => show(source, {}, true).then(() => title.focus({ preventScroll: true }));

async function show(source, followed, rising) {
  const asked = { source, ...followed, document: open?.document?.id === source.id ? open.document : null };
  open = asked;
  if (rising && sheet.matches) raise();
  if (!asked.document) {
    title.textContent = plain(titleOf(source));
    body.replaceChildren(element("p", { className: "hint" }, say("pane_loading")));
    try {
      asked.document = await loaded(source.id);
    } catch {
      if (open === asked) body.replaceChildren(element("p", { className: "hint" }, say("pane_missing")));
      return;
    }
    if (open !== asked) return;
  }
  draw();
}

export function empty() {
  open = null;
  draw();
}

// --- Drawing ---

function draw() {
  mark();
  const document = open?.document;
  pane.classList.toggle("blank", !document);
  title.textContent = document ? plain(titleOf(open.source)) : say("pane");
  title.lang = tag(languageOf(title.textContent));
  tools.replaceChildren(...steps(), pictured("close", say("pane_close"), close, { className: "pictured close" }));
  remark.hidden = !open?.near;
  remark.textContent = say("pane_nearest");
  if (!document) {
    bar.replaceChildren();
    body.replaceChildren(element("p", { className: "hint" }, say("pane_hint")), shelf());
    return;
  }
  bar.replaceChildren(outline, ...views(document));
  const shown = viewOf(document);
  const marks = marksIn(document);
  const text = element("div", { className: `text ${shown}` });
  text.append(...document.paragraphs.map((paragraph) => paint(document, paragraph, shown, marks, back)));
  body.replaceChildren(text);
  locate();
  here();
}

const viewOf = (document) => {
  if (!document.translation) return "original";
  return view ?? (open.foreign ? "both" : "original");
};

function locate() {
  const target = body.querySelector("mark.current, .near");
  const top = target ? target.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop : 0;
  body.scrollTop = Math.max(0, top - body.clientHeight / 4);
}

// Everything in this document that the conversation cites, what is open first.
function marksIn(document) {
  const { exchange: opened, citation: current, near } = open;
  if (near) return [{ start: current.text_start, end: current.text_start + [...current.text].length, near: true, links: [] }];
  const marks = new Map();
  exchanges().forEach((exchange, index) => {
    if (isNear(exchange)) return;
    for (const citation of sourcesOf(exchange).filter((one) => one.document.id === document.id)) {
      const key = `${citation.start}-${citation.end}`;
      const mark = marks.get(key) ?? { start: citation.start, end: citation.end, current: false, links: [] };
      mark.current ||= exchange === opened && citation.number === current?.number;
      mark.links.push({ exchange, number: citation.number, turn: index + 1, own: exchange === opened });
      marks.set(key, mark);
    }
  });
  return [...marks.values()].sort((one, other) => one.start - other.start);
}

function steps() {
  const { exchange, citation } = open ?? {};
  if (!exchange) return [];
  const all = sourcesOf(exchange);
  const index = all.findIndex((one) => one.number === citation.number);
  if (all.length < 2) return [];
  const step = (by) => openCitation(exchange, all[index + by].number);
  return [
    pictured("previous", say("pane_previous"), () => step(-1), { disabled: index === 0 }),
    element("span", { className: "position" }, say("pane_position", { number: index + 1, count: all.length })),
    pictured("next", say("pane_next"), () => step(1), { disabled: index === all.length - 1 }),
  ];
}

function views(document) {
  if (!document.translation) return [];
  const buttons = VIEWS.map((name) =>
    element(
      "button",
      { type: "button", "aria-pressed": String(viewOf(document) === name), value: name, onclick: () => look(name) },
      say(`pane_${name}`),
    ),
  );
  return [element("div", { className: "views", role: "group", "aria-label": say("pane_view") }, ...buttons)];
}

function look(name) {
  view = name;
  write("view", name);
  draw();
  bar.querySelector(`[value="${name}"]`).focus();
}

// The documents there are, to be read from their beginning.
function shelf() {
  const list = element("ul", { className: "shelf" });
  listed().then(
    (documents) =>
      list.append(
        ...documents.map((one) =>
          element(
            "li",
            {},
            element("button", { type: "button", lang: tag(languageOf(titleOf(one))), onclick: () => openDocument(one) }, icon("document"), plain(titleOf(one))),
          ),
        ),
      ),
    () => {},
  );
  return list;
}

// --- The outline ---

menu(outline, (done) =>
  open.document.outline.map((entry) => {
    const go = () => {
      done();
      body.querySelector(`[data-start="${entry.start}"]`)?.scrollIntoView({ block: "start" });
      body.focus({ preventScroll: true });
    };
    const button = element("button", { type: "button", onclick: go, lang: tag(languageOf(heading(entry))) }, heading(entry));
    button.style.paddingInlineStart = `${0.75 + entry.depth}rem`;
    return button;
  }),
);

// Headings are named in the page's language where there is a translation in it, unless the original alone is shown.
const spoken = () => (viewOf(open.document) === "original" ? open.document.language : language);
const heading = (entry) => plain(headingOf(open.document, entry, spoken()));

// Names the section where the eye is: a quarter down, where a citation is brought.
function here() {
  if (!open?.document) return;
  const top = body.getBoundingClientRect().top + body.clientHeight / 4 + 8;
  const seen = [...body.querySelectorAll("[data-start]")].find((node) => node.getBoundingClientRect().bottom > top);
  const path = seen ? pathTo(open.document, Number(seen.dataset.start)) : [];
  const name = path.length ? heading(path.at(-1)) : "";
  outline.replaceChildren(icon("outline"), element("span", { lang: tag(languageOf(name)) }, name || say("pane_outline")));
  outline.setAttribute("aria-label", [say("pane_outline"), name].filter(Boolean).join(": "));
}

let due = false;
body.addEventListener("scroll", () => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    here();
  });
});

// --- To and from the conversation ---

// Back from a passage to the sentence that cites it.
function back({ exchange, number }) {
  lower();
  const marker = markerOf(exchange, number);
  if (!marker) return;
  marker.scrollIntoView({ block: "center" });
  marker.focus({ preventScroll: true });
  let claim = marker.previousElementSibling;
  while (claim && !claim.classList.contains("claim")) claim = claim.previousElementSibling;
  claim?.classList.add("pointed");
  setTimeout(() => claim?.classList.remove("pointed"), 2000);
}

// Shows in the conversation which of its markers and sources is open.
export function mark() {
  for (const link of document.querySelectorAll("#conversation [aria-current]")) link.removeAttribute("aria-current");
  if (!open?.exchange || !exchanges().includes(open.exchange)) return;
  const { exchange, citation } = open;
  const node = markerOf(exchange, citation.number)?.closest(".exchange");
  for (const link of node?.querySelectorAll(`a.cite[href="#${citation.number}"], .source[value="${citation.number}"]`) ?? []) {
    link.setAttribute("aria-current", "true");
  }
}

function raise() {
  document.body.classList.add("reading");
  pane.setAttribute("role", "dialog");
  pane.setAttribute("aria-modal", "true");
  document.querySelector("gradio-app").inert = true;
}

function lower() {
  document.body.classList.remove("reading");
  pane.removeAttribute("role");
  pane.removeAttribute("aria-modal");
  document.querySelector("gradio-app").inert = false;
}

export function close() {
  lower();
  if (open?.exchange) markerOf(open.exchange, open.citation.number)?.focus({ preventScroll: true });
}

pane.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector(":popover-open")) close();
});
sheet.addEventListener("change", lower);
inWords(draw);

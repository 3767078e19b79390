// One paragraph of a document as the reading pane shows it: its words, their translation, and the marks of what is cited.

import { element, icon } from "./elements.js";
import { plain } from "./prose.js";
import { languageOf, say, tag } from "./words.js";

const overlaps = (one, other) => one.start < other.end && other.start < one.end;

// shown: "original", "translation" or "both". marks: {start, end, current, near, links}; `back(link)` follows a link.
export function paint(document, paragraph, shown, marks, back) {
  const mine = marks.filter((mark) => overlaps(mark, paragraph));
  const kind = paragraph.heading && paragraph.heading.body >= paragraph.end ? `h${Math.min(6, paragraph.heading.depth + 3)}` : "p";
  const near = mine.some((mark) => mark.near) ? " near" : "";
  const row = element("div", { className: `row${near}`, "data-start": paragraph.start });
  const column = (name, pieces, linked = true) => {
    const language = languageOf(pieces.map((piece) => piece.words).join(""));
    const shown = pieces.flatMap((piece) => drawn(piece, linked && back));
    row.append(element(kind, { className: name, lang: tag(language) }, ...shown));
  };
  const original = cut(document, paragraph, mine);
  const other = translated(document, paragraph, mine);
  if (shown === "original" || (shown === "both" && !other)) column("original", original);
  else if (shown === "translation") column("translation", other ?? original);
  else {
    column("original", original);
    column("translation", other, false);
  }
  return row;
}

// The paragraph's words, cut where marks begin and end; the back links of a mark stand behind its last piece.
function cut(document, { start, end }, marks) {
  const edges = new Set([start, end]);
  for (const mark of marks) for (const edge of [mark.start, mark.end]) if (edge > start && edge < end) edges.add(edge);
  const places = [...edges].sort((one, other) => one - other);
  return places.slice(1).map((to, index) => {
    const span = { start: places[index], end: to };
    const over = marks.filter((mark) => !mark.near && overlaps(mark, span));
    return { words: document.slice(span.start, to), over, links: over.filter((mark) => mark.end === to).flatMap((mark) => mark.links) };
  });
}

// The same in translation, sentence by sentence; null where nothing of the paragraph has one.
function translated(document, paragraph, marks) {
  if (paragraph.translation) return [{ words: paragraph.translation, over: [], links: [] }];
  if (!paragraph.sentences.some((one) => one.translation)) return null;
  return paragraph.sentences.flatMap((sentence, index) => {
    const over = marks.filter((mark) => !mark.near && overlaps(mark, sentence));
    const before = paragraph.sentences[index - 1];
    // The space between two sentences is marked where both are.
    const space = before && { words: " ", over: over.filter((mark) => overlaps(mark, before)), links: [] };
    const words = sentence.translation ?? document.slice(sentence.start, sentence.end);
    const piece = { words, over, links: over.filter((mark) => mark.end <= sentence.end).flatMap((mark) => mark.links) };
    return space ? [space, piece] : [piece];
  });
}

function drawn({ words, over, links }, back) {
  if (!over.length) return [plain(words)];
  const current = over.some((mark) => mark.current) ? "current" : "";
  const marked = element("mark", { className: current }, plain(words));
  return [marked, ...(back ? links.map((link) => backLink(link, back)) : [])];
}

function backLink(link, back) {
  const label = say("pane_back", { turn: link.turn, number: link.number });
  const shown = link.own ? `[${link.number}]` : say("pane_back_short", { turn: link.turn, number: link.number });
  return element(
    "button",
    { type: "button", className: "back", title: label, "aria-label": label, onclick: () => back(link) },
    icon("back"),
    shown,
  );
}

// An answer's text as elements: paragraphs, lists, bold labels, and each [n] as a link to what the sentence before it cites.

import { element } from "./elements.js";

// These turn the reading direction of what follows: a question could rewrite the page's own words.
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/gu;
const ITEM = /^(?:(\d{1,3})[.)]|[-*•])\s+(.*)$/;

export const plain = (text) => text.replace(DIRECTIONS, "");

export const shortened = (text, length) => {
  const flat = text.split(/\s+/).join(" ").trim();
  return flat.length <= length ? flat : `${flat.slice(0, length - 1)}…`;
};

// `cite(number)` makes the link of a marker, or null where it cites nothing.
export function prose(text, cite) {
  const parts = [];
  let list = null;
  for (const line of plain(text).split("\n").filter((line) => line.trim())) {
    const item = ITEM.exec(line);
    if (!item) {
      list = null;
      parts.push(element("p", {}, ...marked(line, cite)));
      continue;
    }
    const kind = item[1] ? "ol" : "ul";
    if (list?.localName !== kind) parts.push((list = element(kind)));
    list.append(element("li", item[1] ? { value: Number(item[1]) } : {}, ...marked(item[2], cite)));
  }
  return parts;
}

// Each run of words up to its markers is one claim, so that a passage can point back to it.
function marked(line, cite) {
  const parts = [];
  for (const [, words, markers] of line.matchAll(/(.*?)((?:\s*\[\d{1,3}\])+|$)/gs)) {
    if (words) parts.push(element("span", { className: "claim" }, ...bold(words)));
    // The first stays on the line of the words before it.
    let space = "\u00a0";
    for (const [whole, number] of markers.matchAll(/\[(\d{1,3})\]/g)) {
      parts.push(space, cite(Number(number)) ?? element("span", { className: "cite" }, whole));
      space = " ";
    }
  }
  return parts;
}

function bold(words) {
  return words.split(/\*\*(.+?)\*\*/s).map((part, index) => (index % 2 ? element("strong", {}, part) : part));
}

// Answers and conversations as files and on the clipboard: Markdown, plain text, JSON. Each keeps its citations.

import { exchanges, isNear, placeOf, sourcesOf } from "./conversation.js";
import { plain } from "./prose.js";
import { say, titleOf } from "./words.js";

const place = (exchange, citation) => [titleOf(citation.document), placeOf(exchange, citation)].filter(Boolean).join(", ");

// Characters that Markdown would read as markup.
const literal = (text) => plain(text).replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
const flat = (text) => text.split(/\s+/).join(" ").trim();

export const textOf = (exchange) => plain(exchange.answer?.text ?? exchange.said ?? "");

export function asPlain(exchange) {
  const said = textOf(exchange).replace(/\*\*(.+?)\*\*/g, "$1");
  const notices = exchange.answer?.notices ?? [];
  const sources = sourcesOf(exchange).map((one) => `[${one.number}] ${place(exchange, one)}: “${flat(plain(one.quote))}”`);
  const title = sources.length ? [`${say(isNear(exchange) ? "nearest" : "sources")}:`] : [];
  return [said, ...notices, [...title, ...sources].join("\n")].filter(Boolean).join("\n\n");
}

export function asMarkdown(exchange) {
  const said = textOf(exchange).replace(/</g, "\\<").replace(/\n/g, "\n\n");
  const notices = (exchange.answer?.notices ?? []).map((notice) => `> ${literal(notice)}`);
  const sources = sourcesOf(exchange).map((one) => {
    const link = /^https?:/.test(one.url ?? "") ? ` <${encodeURI(one.url)}>` : "";
    return `${one.number}. ${literal(place(exchange, one))}${link}\n   > ${literal(flat(one.quote))}`;
  });
  const title = sources.length ? [`**${say(isNear(exchange) ? "nearest" : "sources")}**`] : [];
  return [said, ...notices, ...title, sources.join("\n")].filter(Boolean).join("\n\n");
}

export function conversationAsMarkdown() {
  const turns = exchanges().map((exchange) => `## ${literal(flat(exchange.question))}\n\n${asMarkdown(exchange)}`);
  return `# ${say("name")}\n\n${turns.join("\n\n")}\n`;
}

export function conversationAsJson() {
  const turns = exchanges().map(({ question, state, said, answer, rating }) => ({
    question,
    state,
    answer: answer ?? { text: said },
    rating: rating ?? null,
  }));
  return `${JSON.stringify({ exported: new Date().toISOString(), turns }, null, 2)}\n`;
}

export function download(name, kind, text) {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// The clipboard's own interface is there on secure pages only; elsewhere a selection is copied, as it always was.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
    const before = document.activeElement;
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    before?.focus();
    return copied;
  }
}

export const linkTo = (question) => `${location.origin}${location.pathname}?q=${encodeURIComponent(question)}`;

// One conversation: its exchanges, asking, stopping, asking again. It lives in this browser; the server keeps nothing of it.

import { conversations, keep, kept, read, write } from "./storage.js";
import { ask as asking } from "./stream.js";
import { languageOf } from "./words.js";

// Earlier exchanges that go with a question: what it can refer back to.
const REMEMBERED = 8;

let current = kept(read("current", "sessionStorage")) ?? blank();
let writing = null;
let changed = () => {};

function blank() {
  return { id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), at: Date.now(), exchanges: [] };
}

// What was being written when the page was left was stopped by that.
for (const exchange of current.exchanges) {
  if (exchange.state === "writing") exchange.state = "stopped";
}

export const exchanges = () => current.exchanges;
export const isWriting = () => writing !== null;
export const earlier = () => conversations().filter((one) => one.id !== current.id && one.exchanges.length);

// Calls back with the exchange that changed, or with none where all may have.
export function onChange(callback) {
  changed = callback;
}

function save() {
  current.at = Date.now();
  if (current.exchanges.length) keep(current);
  write("current", current.id, "sessionStorage");
}

function show(conversation) {
  stop();
  current = conversation;
  save();
  changed();
}

export const start = () => show(blank());

export function reopen(id) {
  const found = kept(id);
  if (found) show(found);
}

export function rate(exchange, rating) {
  exchange.rating = rating;
  save();
  changed(exchange);
}

export function stop() {
  writing?.abort();
}

// Asks in place of an exchange. What followed it stays in the conversation it was part of, and this one goes on as another.
export function askAgain(exchange, question = exchange.question) {
  const place = current.exchanges.indexOf(exchange);
  stop();
  const before = current.exchanges.slice(0, place);
  if (place < current.exchanges.length - 1) current = { ...blank(), exchanges: before };
  else current.exchanges = before;
  changed();
  return ask(question);
}

export async function ask(question) {
  stop();
  const mine = new AbortController();
  const home = current;
  const exchange = { question, state: "writing", said: "", citations: [] };
  const history = home.exchanges.slice(-REMEMBERED).flatMap(turns);
  home.exchanges.push(exchange);
  writing = mine;
  save();
  changed(exchange);
  try {
    for await (const [name, data] of asking(question, history, mine.signal)) {
      if (name === "text") exchange.said += data.text;
      else if (name === "citation") exchange.citations.push(data);
      else if (name === "answer") Object.assign(exchange, { answer: data, state: "done", said: "", citations: [] });
      if (name !== "citation") changed(exchange);
    }
  } catch (error) {
    exchange.state = mine.signal.aborted ? "stopped" : "failed";
    exchange.problem = { status: error.status ?? 0, after: error.after ?? 0 };
  }
  if (writing === mine) writing = null;
  if (home === current) save();
  else keep(home);
  changed(exchange);
}

// An exchange as the turns that later questions build on: none where it was no question, or nothing was said.
function turns({ question, answer, said }) {
  const content = answer ? answer.text : said;
  if (!content || answer?.kind === "invalid") return [];
  return [
    { role: "user", content: question },
    { role: "assistant", content },
  ];
}

// The citations that an exchange shows: those of its answer, or the passages nearest to a question without one.
export const sourcesOf = ({ answer, citations }) =>
  answer ? (answer.citations.length ? answer.citations : answer.nearest) : (citations ?? []);

export const isNear = ({ answer }) => Boolean(answer && !answer.citations.length);

// Whether a source's words are in another language than the answer, and a translation can stand beside them.
export const isForeign = ({ question, answer }, citation) =>
  citation.text_translation !== null && languageOf(citation.quote) !== (answer?.language ?? languageOf(question));

// The headings that a source stands under, outermost first: in the answer's language where they are translated into it.
export const headingsOf = (exchange, citation) =>
  (isForeign(exchange, citation) && citation.section.translation) || citation.section.path;

// Such as "5.1 Conclusions › Enterprises"; empty where a document has no sections.
export const placeOf = (exchange, citation) =>
  [citation.section.number, headingsOf(exchange, citation).join(" › ")].filter(Boolean).join(" ");

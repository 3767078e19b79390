// The conversation as it is seen: questions, answers with their markers, sources, and what can be done with each.

import { announce, tell } from "./announce.js";
import { ask, askAgain, exchanges, isForeign, isNear, placeOf, sourcesOf } from "./conversation.js";
import { element, pictured } from "./elements.js";
import { asMarkdown, asPlain, copy, linkTo, textOf } from "./export.js";
import { comment, thumbs } from "./feedback.js";
import { plain, prose, shortened } from "./prose.js";
import { basis, examples, inWords, languageOf, say, tag, titleOf } from "./words.js";

const LONGEST_SHOWN = 600;
const SNIPPET = 200;

export const log = element("section", { id: "conversation", role: "log", tabIndex: 0, "aria-live": "off" });

// What each exchange is drawn as, and what is open on it: "edit" or "comment".
const drawn = new Map();
const opened = new Map();
let told = () => {};

// Calls back with an exchange whose answer has just become whole.
export function onAnswer(callback) {
  told = callback;
}

export const nodeOf = (exchange) => drawn.get(exchange);

// The element of a marker or, failing that, of a source, with this number.
export const markerOf = (exchange, number) =>
  drawn.get(exchange)?.querySelector(`a.cite[href="#${number}"]`) ??
  drawn.get(exchange)?.querySelector(`.source[value="${number}"]`);

export const exchangeAt = (node) => exchanges().find((one) => drawn.get(one)?.contains(node));

function draw(changed) {
  const all = exchanges();
  if (changed && drawn.has(changed)) {
    if (!all.includes(changed)) return;
    // The focus stays where it was, on whatever took the place of what had it.
    const before = drawn.get(changed);
    const focused = before.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    const after = article(changed);
    before.replaceWith(after);
    drawn.set(changed, after);
    if (focused) after.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  } else {
    drawn.clear();
    for (const exchange of all) drawn.set(exchange, article(exchange));
    log.replaceChildren(...(all.length ? drawn.values() : [welcome()]));
  }
  document.body.classList.toggle("empty", !all.length);
}

// A new question goes to the top, and its answer is read downwards from there; whoever scrolls is left alone.
const beingWritten = new WeakSet();

function follow(exchange) {
  if (exchange.state === "writing" && !beingWritten.has(exchange)) {
    beingWritten.add(exchange);
    drawn.get(exchange)?.scrollIntoView({ block: "start" });
    tell(say("writing"));
  } else if (exchange.state !== "writing" && beingWritten.delete(exchange) && drawn.has(exchange)) {
    tell(spoken(exchange));
    if (exchange.state === "done") told(exchange);
  }
}

const spoken = (exchange) => textOf(exchange).replace(/\s*\[\d+\]|\*\*/g, "") || problem(exchange);

function welcome() {
  const asked = examples().map((question) =>
    element("button", { type: "button", className: "example", onclick: () => ask(question) }, question),
  );
  return element(
    "div",
    { className: "welcome" },
    element("h2", {}, say("welcome")),
    element("p", {}, say("welcome_text")),
    element("p", { className: "basis" }, basis()),
    ...(asked.length ? [element("h3", {}, say("examples")), element("div", { className: "examples" }, ...asked)] : []),
  );
}

function article(exchange) {
  const editing = opened.get(exchange) === "edit";
  return element("article", { className: "exchange" }, editing ? editor(exchange) : question(exchange), reply(exchange));
}

// --- The question ---

function question(exchange) {
  const text = exchange.question;
  const shown = element("h2", { className: "asked", lang: tag(languageOf(text.slice(0, LONGEST_SHOWN))) });
  shown.append(plain(text.slice(0, LONGEST_SHOWN)));
  if (text.length > LONGEST_SHOWN) {
    shown.append("… ", element("span", { className: "note" }, say("shortened", { count: text.length })));
  }
  const tools = element(
    "div",
    { className: "tools" },
    pictured("edit", say("edit"), () => open(exchange, "edit")),
    pictured("link", say("copy_link"), () => copied(linkTo(text))),
  );
  return element("div", { className: "question-row" }, tools, shown);
}

function editor(exchange) {
  const box = element("textarea", { value: exchange.question, rows: 2, "aria-label": say("edit") });
  const form = element(
    "form",
    { className: "editor" },
    box,
    element("button", { type: "submit", className: "plain main" }, say("send")),
    element("button", { type: "button", className: "plain", onclick: () => open(exchange, null) }, say("cancel")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    opened.delete(exchange);
    askAgain(exchange, box.value);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") open(exchange, null);
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === box) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  return form;
}

// Opens the editor or the comment of an exchange, or closes what is open on it.
function open(exchange, what) {
  const before = opened.get(exchange);
  if (what) opened.set(exchange, what);
  else opened.delete(exchange);
  draw(exchange);
  const node = drawn.get(exchange);
  if (what) node.querySelector("form textarea").focus();
  else node.querySelector(before === "edit" ? ".question-row button" : '.actions [aria-pressed="true"]')?.focus();
}

// --- The answer ---

function reply(exchange) {
  const { answer, state } = exchange;
  const language = answer?.language ?? languageOf(exchange.question);
  const refused = Boolean(answer?.abstained && answer.kind !== "invalid");
  const node = element("div", { className: `answer ${state}${refused ? " abstained" : ""}`, lang: tag(language) });
  if (state === "writing") node.setAttribute("aria-busy", "true");
  const text = prose(textOf(exchange), (number) => marker(exchange, number));
  node.append(...(refused ? [element("div", { className: "verdict" }, ...text)] : text));
  if (state === "writing" && !text.length) node.append(element("p", { className: "waiting" }, say("writing")));
  const notices = [...(answer?.notices ?? []), problem(exchange)].filter(Boolean);
  node.append(...notices.map((notice) => element("p", { className: "notice" }, notice)));
  if (answer) node.append(...sources(exchange));
  if (state !== "writing") node.append(actions(exchange));
  if (opened.get(exchange) === "comment") node.append(comment(exchange, () => open(exchange, null)));
  return node;
}

function problem({ state, problem }) {
  if (state === "stopped") return say("stopped");
  if (state !== "failed") return "";
  if (problem?.status === 429) return say("busy", { seconds: problem.after || 60 });
  if (problem?.status === 413) return say("too_long");
  return say(problem?.status ? "failed" : "unreachable");
}

function marker(exchange, number) {
  const citation = sourcesOf(exchange).find((one) => one.number === number);
  if (!citation || isNear(exchange)) return null;
  return element("a", { className: "cite", role: "button", href: `#${number}`, "aria-label": say("source_number", { number }) }, `[${number}]`);
}

function sources(exchange) {
  const all = sourcesOf(exchange);
  if (!all.length) return [];
  const near = isNear(exchange);
  const rows = all.map((one) => {
    const preview = (isForeign(exchange, one) ? one.text_translation : null) ?? one.text;
    const where = placeOf(exchange, one) || titleOf(one.document);
    const shown = [element("span", { className: "place", lang: tag(languageOf(where)) }, plain(where))];
    if (near) shown.push(element("span", { className: "snippet" }, shortened(plain(preview), SNIPPET)));
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", className: "source", value: one.number },
        element("span", { className: "number" }, String(one.number)),
        element("span", { className: "where" }, ...shown),
      ),
    );
  });
  return [
    element("h3", { className: "sources-title" }, say(near ? "nearest" : "sources")),
    element("ol", { className: `sources${near ? " near" : ""}` }, ...rows),
  ];
}

async function copied(text) {
  announce(say((await copy(text)) ? "copied" : "not_copied"));
}

function actions(exchange) {
  const bar = element("div", { className: "actions", role: "toolbar", "aria-label": say("actions") });
  if (textOf(exchange)) {
    bar.append(
      pictured("copy", say("copy"), () => copied(asPlain(exchange))),
      pictured("markdown", say("copy_markdown"), () => copied(asMarkdown(exchange))),
    );
  }
  // Where there is no answer, it is what there is to do, and is said in words.
  const again = () => askAgain(exchange);
  bar.append(
    exchange.answer
      ? pictured("retry", say("retry"), again)
      : element("button", { type: "button", className: "plain", onclick: again }, say("retry")),
  );
  if (exchange.answer) {
    bar.append(element("span", { className: "gap" }), ...thumbs(exchange, () => opened.set(exchange, "comment")));
  }
  return bar;
}

inWords(() => {
  log.setAttribute("aria-label", say("conversation"));
  draw();
});

// Draws one exchange anew, or all of them.
export function refresh(exchange) {
  draw(exchange);
  if (!exchange) return;
  follow(exchange);
  if (opened.get(exchange) === "comment") drawn.get(exchange)?.querySelector(".comment")?.scrollIntoView({ block: "nearest" });
}

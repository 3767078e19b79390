// The page beside Gradio's chat: the reading pane that [n] opens, example questions, and names for what Gradio leaves
// nameless. Words of documents arrive escaped inside their message and are only ever moved, never parsed again.

const words = JSON.parse(document.getElementById("texts").textContent)[
  navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"
];
const sheet = window.matchMedia("(max-width: 900px)");
const asked = new URLSearchParams(location.search).get("__theme");
if (asked ? asked === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches) {
  document.body.classList.add("dark"); // as Gradio will, but before the first paint
}

function element(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

// A text with its {variables} filled in.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// --- The reading pane -----------------------------------------------------------------------------------------------

const title = element("h2", { id: "pane-title", tabIndex: -1, textContent: words.pane });
const position = element("span", { className: "position" });
const icon = (name, label, act) => {
  const button = element("button", { type: "button", className: `icon ${name}`, title: label, onclick: act });
  button.setAttribute("aria-label", label);
  return button;
};
const previous = icon("previous", words.pane_previous, () => step(-1));
const next = icon("next", words.pane_next, () => step(1));
const steps = element("div", { className: "steps", hidden: true }, previous, position, next);
const body = element("div", { className: "pane-body", tabIndex: 0 });
const pane = element(
  "aside",
  { id: "pane" },
  element("header", {}, title, steps, icon("close", words.pane_close, () => close())),
  body,
);
const shade = element("div", { id: "shade", onclick: () => close() });
pane.setAttribute("aria-labelledby", "pane-title");
body.setAttribute("role", "region");
body.setAttribute("aria-labelledby", "pane-title");
document.body.append(shade, pane);

// What is open: the turn that the citation belongs to, counted from the top of the conversation, and its number there.
let open = null;

const app = () => document.querySelector("gradio-app");
const answers = () => [...document.querySelectorAll("#conversation .answer.done")];
const sources = (answer) => [...answer.querySelectorAll(".source")];

function show(turn, number, { focus = false } = {}) {
  const answer = answers()[turn];
  const index = answer ? sources(answer).findIndex((source) => source.value === String(number)) : -1;
  const passage = answer?.querySelectorAll(".passage")[index];
  if (!passage) return;
  open = { turn, number };
  body.replaceChildren(reading(passage.cloneNode(true)));
  const count = sources(answer).length;
  position.textContent = fill(words.pane_position, { number: index + 1, count });
  steps.hidden = count < 2;
  previous.disabled = index === 0;
  next.disabled = index === count - 1;
  mark();
  if (sheet.matches) raise();
  if (focus || sheet.matches) title.focus({ preventScroll: true });
  const quote = body.querySelector("mark");
  body.scrollTop = 0;
  const below = quote ? quote.getBoundingClientRect().bottom - body.getBoundingClientRect().bottom : 0;
  if (below > 0) body.scrollTop = Math.min(quote.offsetTop - body.offsetTop - 24, below + body.clientHeight / 4);
}

// The passage of a message, with the pane's own labels around its parts.
function reading(passage) {
  const original = passage.querySelector(".original");
  const other = passage.querySelector(".other");
  if (passage.classList.contains("near")) {
    original.before(element("p", { className: "remark", textContent: words.pane_nearest }));
  }
  if (other) {
    const foreign = passage.classList.contains("foreign");
    if (foreign) original.before(element("h3", { textContent: words.pane_original }));
    const folded = element("details", { open: foreign });
    other.replaceWith(folded);
    folded.append(element("summary", { textContent: words.pane_translation }), other);
  }
  return passage;
}

function step(by) {
  const list = sources(answers()[open.turn]);
  const index = list.findIndex((source) => source.value === String(open.number)) + by;
  if (list[index]) show(open.turn, list[index].value);
}

// Gradio draws messages anew when the conversation grows, so the mark of what is open is set again each time.
function mark() {
  answers().forEach((answer, turn) => {
    answer.querySelectorAll("a.cite, .source").forEach((link) => {
      const number = link.value ?? link.getAttribute("href").slice(1);
      const current = open !== null && open.turn === turn && String(open.number) === number;
      if (link.classList.contains("open") === current) return;
      link.classList.toggle("open", current);
      if (current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  });
}

function empty() {
  open = null;
  steps.hidden = true;
  body.replaceChildren(element("p", { className: "hint", textContent: words.pane_hint }));
  mark();
}

function raise() {
  document.body.classList.add("reading");
  pane.setAttribute("role", "dialog");
  pane.setAttribute("aria-modal", "true");
  app().inert = true;
}

function lower() {
  document.body.classList.remove("reading");
  pane.removeAttribute("role");
  pane.removeAttribute("aria-modal");
  app().inert = false;
}

function close() {
  lower();
  const answer = open && answers()[open.turn];
  const link = answer?.querySelector(`a.cite[href="#${open.number}"], .source[value="${open.number}"]`);
  link?.focus({ preventScroll: true });
}

sheet.addEventListener("change", lower);
empty();

// --- The conversation -----------------------------------------------------------------------------------------------

function activate(event, focus) {
  const link = event.target.closest?.("#conversation a.cite, #conversation .source");
  if (link) {
    event.preventDefault();
    const turn = answers().indexOf(link.closest(".answer"));
    show(turn, link.value ?? link.getAttribute("href").slice(1), { focus });
  }
  const example = event.target.closest?.("#conversation .example");
  if (example) ask(example.textContent);
}

// A click that the keyboard made has no detail: then the focus follows to what was opened.
document.addEventListener("click", (event) => activate(event, event.detail === 0), true);
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.("a.cite")) activate(event, true);
  if (event.key === "Escape" && (document.body.classList.contains("reading") || pane.contains(event.target))) close();
});

function ask(question) {
  const box = document.querySelector("#question textarea");
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("#question .submit-button")?.click());
}

// A new question goes to the top, and its answer is read downwards from there; whoever scrolls is left alone.
let questions = 0;
let finished = 0;
let following = false;
for (const gesture of ["wheel", "touchmove", "keydown"]) {
  document.addEventListener(gesture, () => (following = false), { passive: true });
}

function follow() {
  const rows = document.querySelectorAll("#conversation .asked");
  if (rows.length > questions) following = true;
  questions = rows.length;
  if (following) rows[questions - 1]?.closest(".message-row").scrollIntoView({ block: "start" });
  const done = answers();
  if (open && open.turn >= done.length) empty();
  if (done.length > finished && !sheet.matches) {
    const last = done[done.length - 1];
    if (last.querySelector("a.cite")) show(done.length - 1, sources(last)[0].value);
    else empty();
  }
  if (done.length > finished) following = false;
  finished = done.length;
}

function name(selector, label) {
  for (const node of document.querySelectorAll(selector)) {
    if (node.getAttribute("aria-label") !== label) node.setAttribute("aria-label", label);
  }
}

// Gradio names a message by all of its markup, and its send and stop buttons not at all.
function names() {
  name("#conversation [role=log]", words.conversation);
  name("#question textarea", words.question);
  name("#question .submit-button", words.send);
  name("#question .stop-button", words.stop);
  for (const node of document.querySelectorAll("#conversation [data-testid][aria-label]")) {
    node.removeAttribute("aria-label");
  }
}

let ready = false;
new MutationObserver(() => {
  names();
  follow();
  mark();
  const box = document.querySelector("#question textarea");
  if (box && !ready) {
    ready = true;
    if (window.matchMedia("(pointer: fine)").matches) box.focus();
  }
}).observe(document.body, { childList: true, subtree: true });

// The chat page: joins the conversation, the reading pane and the menus to the components that Gradio lays out.

import { announce, announcer } from "./announce.js";
import { ask, earlier, exchanges, isWriting, onChange, reopen, start, stop } from "./conversation.js";
import { element, icon, menu } from "./elements.js";
import { conversationAsJson, conversationAsMarkdown, download } from "./export.js";
import { exchangeAt, log, onAnswer, refresh } from "./messages.js";
import { card } from "./preview.js";
import { empty, mark, openCitation, pane, shade } from "./reading.js";
import { forget, read, write } from "./storage.js";
import { inWords, language, otherLanguage, say, speak, tag } from "./words.js";

const narrow = window.matchMedia("(max-width: 900px)");
const find = (selector) => document.querySelector(selector);
document.body.append(...announcer(), shade, pane, card);

// --- Light and dark ---

const asked = new URLSearchParams(location.search).get("__theme");
const system = window.matchMedia("(prefers-color-scheme: dark)");
let chosen = asked ?? read("theme");
const isDark = () => (chosen ? chosen === "dark" : system.matches);
const shine = () => document.body.classList.toggle("dark", isDark());
system.addEventListener("change", shine);
shine();

// --- The conversation and the pane ---

onChange((exchange) => {
  refresh(exchange);
  document.body.classList.toggle("writing", isWriting());
  nameSend();
  if (!exchange) empty();
  else mark();
});

// Beside the chat, what an answer cites first is shown at once; on a phone it would cover the answer.
onAnswer((exchange) => {
  if (narrow.matches) return;
  if (exchange.answer.citations.length) openCitation(exchange, exchange.answer.citations[0].number);
  else empty();
});

log.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite[href], .source");
  if (!link) return;
  event.preventDefault();
  // A click that the keyboard made has no detail: then the focus follows to what was opened.
  openCitation(exchangeAt(link), Number(link.value || link.hash.slice(1)), { focus: event.detail === 0 });
});
log.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("a.cite")) return;
  event.preventDefault();
  event.target.click();
});

// --- Gradio's components: the question, its button, and the row at the top ---

const box = () => find("#question textarea");
const send = () => find("#question .submit-button");

// Gradio hears of a value by the event that typing makes.
function fill(text) {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

function submit() {
  const question = box().value;
  if (isWriting()) return;
  box().placeholder = say(question.trim() ? "placeholder" : "blank");
  fill("");
  if (question.trim()) ask(question);
}

function nameSend() {
  const label = say(isWriting() ? "stop" : "send");
  send()?.setAttribute("aria-label", label);
  send()?.setAttribute("title", label);
}

function words() {
  document.documentElement.lang = tag(language);
  document.title = say("name");
  const named = { "#new-chat": "new_chat", "#history": "history", "#export": "export", "#theme": "theme" };
  for (const [selector, name] of Object.entries(named)) label(find(selector), say(name), selector.slice(1));
  label(find("#language"), say("other_language"), "language");
  find("#language").lang = tag(otherLanguage());
  find("#brand h1").textContent = say("name");
  find("#brand p").textContent = say("tagline");
  find("#note").textContent = say("note");
  box().setAttribute("aria-label", say("question"));
  box().placeholder = say("placeholder");
  nameSend();
}

function label(button, text, name) {
  button.replaceChildren(icon(name), element("span", {}, text));
  button.setAttribute("aria-label", text);
  button.title = text;
}

const kept = (done) => {
  const rows = earlier().map((one) =>
    element("button", { type: "button", onclick: () => (done(), reopen(one.id)) }, one.exchanges[0].question.slice(0, 80)),
  );
  if (!rows.length) return [element("p", {}, say("history_empty"))];
  const clear = () => (done(), forget(), start(), announce(say("history_cleared")));
  return [...rows, element("button", { type: "button", className: "last", onclick: clear }, say("history_clear"))];
};

const exports = (done) => {
  const row = (name, kind, ending, make) => {
    const act = () => (done(), download(`${say("file")}.${ending}`, kind, make()));
    return element("button", { type: "button", disabled: !exchanges().length, onclick: act }, say(name));
  };
  return [
    row("export_markdown", "text/markdown", "md", conversationAsMarkdown),
    row("export_json", "application/json", "json", conversationAsJson),
  ];
};

function ready() {
  find("#top").prepend(element("div", { id: "brand" }, element("h1"), element("p")));
  find("#top").after(log);
  find("#question").after(element("p", { id: "note" }));
  shine();
  inWords(words);
  find("#new-chat").addEventListener("click", () => (start(), box().focus()));
  find("#language").addEventListener("click", () => speak(otherLanguage()));
  find("#theme").addEventListener("click", () => {
    chosen = isDark() ? "light" : "dark";
    write("theme", chosen);
    shine();
  });
  menu(find("#history"), kept);
  menu(find("#export"), exports);
  const writes = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === box();
  find("#question").addEventListener(
    "keydown",
    (event) => {
      if (!writes(event)) return;
      event.preventDefault();
      event.stopPropagation();
      submit();
    },
    true,
  );
  find("#question").addEventListener("click", (event) => {
    if (event.target.closest(".submit-button")) isWriting() ? stop() : submit();
  });
  document.body.classList.add("ready");
  if (!window.matchMedia("(pointer: coarse)").matches) box().focus();
  arrive();
}

// A link to a question, /?q=…, asks it in a conversation of its own, once: not again when the page is loaded again.
function arrive() {
  const address = new URL(location.href);
  const question = address.searchParams.get("q");
  if (question === null) return;
  address.searchParams.delete("q");
  history.replaceState(null, "", address);
  if (!question.trim()) return;
  start();
  ask(question);
}

// Gradio makes its components one after another.
const COMPONENTS = ["#top", "#new-chat", "#history", "#export", "#language", "#theme", "#question .submit-button"];
const watch = new MutationObserver(() => {
  if (!box() || !COMPONENTS.every(find)) return;
  watch.disconnect();
  ready();
});
watch.observe(document.body, { childList: true, subtree: true });

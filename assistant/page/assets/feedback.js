// Thumbs up or down under an answer, and a comment for whoever wants to say why. Sent to this server, and nowhere else.

import { rate } from "./conversation.js";
import { element, pictured } from "./elements.js";
import { textOf } from "./export.js";
import { announce } from "./announce.js";
import { post } from "./stream.js";
import { languageOf, say } from "./words.js";

// Characters of a text that the server takes.
const LONGEST = 20_000;

async function send(exchange, comment) {
  const { question, rating } = exchange;
  const language = exchange.answer?.language ?? languageOf(question);
  try {
    const cut = (text) => text.slice(0, LONGEST);
    await post("api/feedback", { question: cut(question), answer: cut(textOf(exchange)), rating, comment, language });
    return true;
  } catch {
    return false;
  }
}

// The two buttons; `rated` is called before the answer is drawn anew with what was pressed.
export function thumbs(exchange, rated) {
  return ["up", "down"].map((rating) =>
    pictured(
      rating,
      say(`rate_${rating}`),
      async () => {
        rated();
        rate(exchange, rating);
        announce(say((await send(exchange, "")) ? "rated" : "not_sent"));
      },
      { "aria-pressed": String(exchange.rating === rating), value: rating },
    ),
  );
}

// The form under a rated answer; `close` takes it away.
export function comment(exchange, close) {
  const words = element("textarea", { rows: 2, maxLength: 2000, placeholder: say("comment"), "aria-label": say("comment") });
  const form = element(
    "form",
    { className: "comment" },
    words,
    element("button", { type: "submit", className: "plain main" }, say("comment_send")),
    element("button", { type: "button", className: "plain", onclick: close }, say("cancel")),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (words.value.trim() && !(await send(exchange, words.value.trim()))) return announce(say("not_sent"));
    announce(say("rated"));
    close();
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return form;
}

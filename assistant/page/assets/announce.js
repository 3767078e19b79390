// What happened, said once: heard by a screen reader, and seen for a moment at the foot of the page.

import { element } from "./elements.js";

const heard = element("p", { className: "unseen", role: "status" });
const seen = element("p", { className: "toast", "aria-hidden": "true" });
let timer;

export const announcer = () => [heard, seen];

// Heard only: long texts, such as an answer.
export function tell(text) {
  heard.textContent = text;
}

export function announce(text) {
  tell(text);
  seen.textContent = text;
  seen.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => seen.classList.remove("shown"), 2500);
}

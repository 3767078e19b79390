// The page's texts, in the language that the visitor chose or the browser names. They come with the page, from prompts/.

import { read, write } from "./storage.js";

const given = JSON.parse(document.getElementById("given").textContent);
const LANGUAGES = Object.keys(given);

function first() {
  const chosen = new URLSearchParams(location.search).get("lang") ?? read("language");
  if (LANGUAGES.includes(chosen)) return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export let language = first();

// One text, with its {variables} filled in.
export function say(name, values = {}) {
  return given[language].texts[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export const examples = () => given[language].examples;
export const basis = () => given[language].basis;

// A document's title: in the language of the page where there is a translation in it.
export const titleOf = ({ id, title }) => given[language].titles[id] ?? title;

const drawn = [];

// Draws now, and again whenever the language changes.
export function inWords(draw) {
  drawn.push(draw);
  draw();
}

export function speak(other) {
  language = other;
  write("language", other);
  drawn.forEach((draw) => draw());
}

export const otherLanguage = () => LANGUAGES.find((name) => name !== language);

export const tag = (name) => (name === "zh" ? "zh-CN" : name);

// The language of a text: Chinese where it has Chinese characters enough.
export function languageOf(text) {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/[A-Za-z]+/g)?.length ?? 0;
  return han > latin ? "zh" : "en";
}

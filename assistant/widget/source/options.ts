// What a page may choose: data-… attributes, the same on <policy-chat> and on the script that places a launcher.

import type { Language } from "./words";

export interface Options {
  language: Language;
  title: string;
  greeting: string;
  examples: string[];
  color: string;
  position: string;
  launcher: boolean;
  documents: string[];
  host: string;
}

const NAMES = ["language", "title", "greeting", "examples", "color", "theme", "position", "launcher", "documents", "host"];

export const ATTRIBUTES = NAMES.map((name) => `data-${name}`);

/** Options of an element; `script` is the address that widget.js came from, and so of its server. */
export function optionsOf(node: HTMLElement, script: string): Options {
  const { language, title, greeting, examples, color, position, launcher, documents, host } = node.dataset;
  const page = node.closest<HTMLElement>("[lang]")?.lang;
  return {
    language: /^zh\b/i.test(language || page || navigator.language) ? "zh" : "en",
    title: title ?? "",
    greeting: greeting ?? "",
    examples: list(examples),
    color: color ?? "",
    position: position ?? "",
    launcher: launcher !== undefined,
    documents: list(documents),
    host: new URL(host ? host.replace(/\/?$/, "/") : script, location.href).href,
  };
}

const list = (text = ""): string[] =>
  text
    .split("|")
    .map((item) => item.trim())
    .filter(Boolean);

// Writes source/words.json from prompts/widget.*.md, the one place of the widget's texts, so that their names are typed.
import { readFileSync, writeFileSync } from "node:fs";

const LANGUAGES = ["zh", "en"];

function read(language) {
  const text = readFileSync(new URL(`../../prompts/widget.${language}.md`, import.meta.url), "utf8");
  const sections = text.split(/^## /m).slice(1);
  const pairs = sections.map((section) => section.split(/\n([^]*)/, 2).map((part) => part.trim()));
  return Object.fromEntries(pairs.filter(([name]) => !name.startsWith("demo_")));
}

const words = Object.fromEntries(LANGUAGES.map((language) => [language, read(language)]));
writeFileSync(new URL("source/words.json", import.meta.url), JSON.stringify(words, null, 2) + "\n");

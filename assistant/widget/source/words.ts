// The widget's own words, in the language of its page.

import texts from "./words.json";

export type Language = keyof typeof texts;
export type Words = (typeof texts)[Language];

export const words = (language: Language): Words => texts[language];

/** A text with its {variables} filled in. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

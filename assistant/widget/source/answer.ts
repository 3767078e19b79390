// An answer and its citations, as the server's JSON has them.

export interface Citation {
  number: number;
  quote: string;
  text: string;
  text_start: number;
  translation: string | null;
  text_translation: string | null;
  document: { id: string; title: string };
  section: { number: string; path: string[]; translation: string[] | null };
  start: number;
  url: string | null;
}

export interface Answer {
  question: string;
  language: "zh" | "en";
  kind: string;
  text: string;
  abstained: boolean;
  citations: Citation[];
  nearest: Citation[];
  notices: string[];
}

export interface Turn {
  role: "user" | "assistant";
  content: string;
}

/** A citation's section, such as "5.1 Conclusions › Enterprises"; its document where it stands in no section. */
export function place({ section, document }: Citation, translated = false): string {
  const path = (translated && section.translation) || section.path;
  return [section.number, path.join(" › ")].filter(Boolean).join(" ") || document.title;
}

/** Where the quoted words stand in the passage: offsets count characters, and a string's own count halves of some. */
export function quoted(citation: Citation): [string, string, string] {
  const characters = [...citation.text];
  const start = citation.start - citation.text_start;
  const end = start + [...citation.quote].length;
  return [characters.slice(0, start), characters.slice(start, end), characters.slice(end)].map((part) =>
    part.join(""),
  ) as [string, string, string];
}

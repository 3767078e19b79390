// The text of an answer as DOM nodes: paragraphs, lists, bold words and markers. Nothing else in it means anything.

import { element } from "./dom";

/** Makes the node of a marker [n], or none where there is no citation of that number (yet). */
export type Marker = (number: number) => Node | undefined;

interface Block {
  kind: "p" | "ol" | "ul" | "h";
  lines: { number: number; text: string }[];
}

const ITEM = /^\s*(\d{1,4})[.)]\s+(.*)$/;
const BULLET = /^\s*[-*\u2022]\s+(.*)$/;
const HEADING = /^#{1,6}\s+(.*)$/;
const SPECIAL = /\*\*(.+?)\*\*|\[(\d{1,3})\]/g;

/** Writes a text into a node as it grows: blocks that did not change keep their nodes, and so the focus in them. */
export class Prose {
  readonly node = element("div", { class: "prose" });
  #keys: string[] = [];

  write(text: string, marker: Marker): void {
    const blocks = blocksOf(text);
    const keys = blocks.map((block) => JSON.stringify([block, known(block, marker)]));
    blocks.forEach((block, index) => {
      if (keys[index] === this.#keys[index]) return;
      const node = drawn(block, marker);
      const old = this.node.children[index];
      if (old) old.replaceWith(node);
      else this.node.append(node);
    });
    while (this.node.children.length > blocks.length) this.node.lastElementChild!.remove();
    this.#keys = keys;
  }
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
    const item = ITEM.exec(line);
    const bullet = BULLET.exec(line);
    const heading = HEADING.exec(line);
    const kind = item ? "ol" : bullet ? "ul" : heading ? "h" : "p";
    const entry = { number: Number(item?.[1]), text: item?.[2] ?? bullet?.[1] ?? heading?.[1] ?? line };
    const last = blocks.at(-1);
    if (last?.kind === kind && (item || bullet)) last.lines.push(entry);
    else blocks.push({ kind, lines: [entry] });
  }
  return blocks;
}

function drawn({ kind, lines }: Block, marker: Marker): HTMLElement {
  if (kind === "p") return element("p", {}, ...inline(lines[0]!.text, marker));
  if (kind === "h") return element("p", {}, element("strong", {}, ...inline(lines[0]!.text, marker)));
  const items = lines.map(({ number, text }) =>
    element("li", kind === "ol" ? { value: String(number) } : {}, ...inline(text, marker)),
  );
  return element(kind, {}, ...items);
}

function inline(text: string, marker: Marker): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(SPECIAL)) {
    const before = text.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[1] !== undefined) {
      nodes.push(before, element("strong", {}, ...inline(match[1], marker)));
    } else {
      // A marker stays on the line of the characters before it.
      const kept = /\S{0,2} *$/.exec(before)!.index;
      const node = marker(Number(match[2])) ?? match[0];
      nodes.push(before.slice(0, kept), element("span", { class: "kept" }, before.slice(kept), node));
    }
  }
  return [...nodes, text.slice(end)];
}

const known = ({ lines }: Block, marker: Marker): boolean[] =>
  lines.flatMap(({ text }) => [...text.matchAll(/\[(\d{1,3})\]/g)].map((match) => Boolean(marker(Number(match[1])))));

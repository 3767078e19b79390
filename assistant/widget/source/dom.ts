// Making DOM nodes. Words become text nodes, never markup; styles never stand in attributes, which a host page may forbid.

type Attributes = Record<string, string | boolean | ((event: any) => void)>;

/** An element: functions listen to the event of that name, true sets an empty attribute, false none. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.map((child) => (typeof child === "string" ? visible(child) : child)));
  return node;
}

/** Text without control characters, and without those that turn the reading direction of what follows. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

const PATHS = {
  close: "M6 6l12 12M18 6 6 18",
  fresh: "M12 5v14M5 12h14",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M8 8h8v8H8z",
  back: "M11 6l-6 6 6 6M5 12h14",
  previous: "M14 6l-6 6 6 6",
  next: "M10 6l6 6-6 6",
  chat: "M6 8.5h12M6 12.5h12M6 16.5h5",
};

export type Icon = keyof typeof PATHS;

export function icon(name: Icon): SVGElement {
  const draw = (tag: string, attributes: Record<string, string>) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const svg = draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: `glyph ${name}` }) as SVGElement;
  svg.append(draw("path", { d: PATHS[name] }));
  if (name === "chat") svg.append(draw("rect", { x: "13.5", y: "14", width: "6", height: "5.5", rx: "1.5" }));
  return svg;
}

export function iconButton(name: Icon, label: string, act: () => void): HTMLButtonElement {
  return element("button", { type: "button", class: "icon", "aria-label": label, title: label, click: act }, icon(name));
}

/** The language that a text is shown in: its fonts and its voice. */
export const tag = (text: string): string => (/\p{Script=Han}/u.test(text) ? "zh-CN" : "en");

export function shortened(text: string, length: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length <= length ? flat : [...flat].slice(0, length - 1).join("") + "…";
}

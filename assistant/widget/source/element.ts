// <policy-chat>: the custom element. In a shadow tree, so that neither side's styles reach the other.

import type { Answer } from "./answer";
import { element } from "./dom";
import { Launcher } from "./launcher";
import { ATTRIBUTES, optionsOf } from "./options";
import { Panel } from "./panel";
import { Storage } from "./storage";
import css from "./style.css";
import { words } from "./words";

/** Where widget.js was loaded from; set once by widget.ts, while the script that holds it is known. */
export const origin = { script: "" };

const DARK = matchMedia("(prefers-color-scheme: dark)");
/** How many widgets of one page keep their turns under one name: the second has a name of its own. */
const sharing = new Map<string, number>();
let sheet: CSSStyleSheet | undefined;

export class PolicyChat extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES;

  readonly #root = this.attachShadow({ mode: "open" });
  #panel: Panel | undefined;
  #launcher: Launcher | undefined;
  #key = "";
  #stale = false;

  /** Open the panel that the launcher stands for. */
  open(): void {
    this.#launcher?.open();
  }

  /** Close it, back to the launcher. */
  close(): void {
    this.#launcher?.close();
  }

  /** Ask a question as if it had been typed. Resolves to the answer, or to nothing where it was stopped or failed. */
  async ask(question: string): Promise<Answer | undefined> {
    this.#launcher?.open({ focus: false });
    return question.trim() ? this.#panel?.ask(question.trim()) : undefined;
  }

  connectedCallback(): void {
    const first = !this.#panel;
    if (first) this.#build();
    this.#launcher?.connect();
    DARK.addEventListener("change", this.#shade);
    // On its own it takes no focus, and covers no phone's whole screen.
    if (first && this.dataset.open !== undefined) this.#launcher?.open({ focus: false, cover: false });
  }

  disconnectedCallback(): void {
    this.#launcher?.disconnect();
    DARK.removeEventListener("change", this.#shade);
    // One that is only moved is back by then.
    queueMicrotask(() => this.isConnected || this.#panel?.conversation.stop());
  }

  attributeChangedCallback(): void {
    if (!this.#panel || this.#stale) return;
    // A framework sets attributes one by one; they are read once all are there.
    this.#stale = true;
    queueMicrotask(() => {
      this.#stale = false;
      const shown = this.#launcher?.shown;
      this.#panel?.conversation.stop();
      this.#launcher?.disconnect();
      this.#build();
      if (this.isConnected) this.#launcher?.connect();
      if (shown) this.#launcher?.open({ focus: false });
    });
  }

  #build(): void {
    const options = optionsOf(this, origin.script);
    const texts = words(options.language);
    const answered = (detail: Answer) =>
      this.dispatchEvent(new CustomEvent("answer", { detail, bubbles: true, composed: true }));
    const closing = options.launcher ? () => this.close() : undefined;
    this.#panel = new Panel(options, texts, this.#storage(options.host, options.documents), answered, closing);
    this.#launcher = options.launcher ? new Launcher(this.#panel, options.title || texts.name, texts) : undefined;
    const nodes = this.#launcher ? [this.#launcher.node, this.#panel.node] : [this.#panel.node];
    const root = element("div", { class: "root", lang: options.language === "zh" ? "zh-CN" : "en" }, ...nodes);
    root.classList.toggle("left", options.position === "left");
    if (CSS.supports("color", options.color)) root.style.setProperty("--chosen", options.color);
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.replaceChildren(root);
    this.#shade();
  }

  readonly #shade = () => {
    const { theme } = this.dataset;
    this.#root.firstElementChild?.classList.toggle("dark", theme === "dark" || (theme !== "light" && DARK.matches));
  };

  #storage(host: string, documents: string[]): Storage {
    if (!this.#key) {
      const name = ["policy-chat", host, ...documents].join(" ");
      const count = sharing.get(name) ?? 0;
      sharing.set(name, count + 1);
      this.#key = count ? `${name} ${count}` : name;
    }
    return new Storage(this.#key);
  }
}

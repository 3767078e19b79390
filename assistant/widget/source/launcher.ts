// The launcher: the button in a corner of the page, and the panel that it opens, above everything that the page has.

import { element, icon } from "./dom";
import type { Panel } from "./panel";
import { fill, type Words } from "./words";

export class Launcher {
  readonly node: HTMLButtonElement;
  /** Where there is no room beside the page, the panel covers it and is a modal dialog. */
  readonly #narrow = matchMedia("(max-width: 560px), (max-height: 440px)");
  readonly #dialog: HTMLDialogElement;
  #open = false;

  constructor(
    readonly panel: Panel,
    title: string,
    words: Words,
  ) {
    const label = fill(words.launch, { title });
    const attributes = { type: "button", class: "launcher", part: "launcher", popover: "manual", "aria-haspopup": "dialog" };
    this.node = element("button", { ...attributes, "aria-label": label, title: label, click: () => this.open() }, icon("chat"));
    this.#dialog = panel.node as HTMLDialogElement;
    this.#dialog.addEventListener("cancel", (event) => {
      // Esc, and the back gesture of a phone: first what lies within, then the panel.
      event.preventDefault();
      if (!this.panel.escape()) this.close();
    });
  }

  get shown(): boolean {
    return this.#open;
  }

  /** To be called whenever the nodes come into a document: leaving one takes them out of the top layer. */
  connect(): void {
    if (this.#open) this.#lift();
    else raise(this.node);
    this.#narrow.addEventListener("change", this.#turned);
    visualViewport?.addEventListener("resize", this.#fit);
    visualViewport?.addEventListener("scroll", this.#fit);
  }

  disconnect(): void {
    this.#narrow.removeEventListener("change", this.#turned);
    visualViewport?.removeEventListener("resize", this.#fit);
    visualViewport?.removeEventListener("scroll", this.#fit);
  }

  /** focus: whether the focus follows. cover: whether also where the panel would cover the whole screen. */
  open({ focus = true, cover = true } = {}): void {
    if (!this.#open && (cover || !this.#narrow.matches)) {
      this.#open = true;
      lower(this.node);
      this.#lift();
    }
    // On a phone the keyboard would rise over half of the greeting: there the question waits to be tapped.
    if (focus && this.#open) (this.#narrow.matches ? this.#dialog : this.panel.composer.box).focus({ preventScroll: true });
  }

  close(): void {
    if (!this.#open) return;
    const within = this.#dialog.matches(":focus-within");
    this.#open = false;
    this.#drop();
    raise(this.node);
    if (within) this.node.focus({ preventScroll: true });
  }

  #lift(): void {
    if (!this.#narrow.matches) raise(this.#dialog);
    else if (!this.#dialog.open) {
      this.#dialog.removeAttribute("popover");
      this.#dialog.showModal();
    }
    this.#fit();
  }

  #drop(): void {
    lower(this.#dialog);
    if (this.#dialog.open) this.#dialog.close();
    this.#dialog.setAttribute("popover", "manual");
  }

  readonly #turned = () => {
    if (!this.#open) return;
    this.#drop();
    this.#lift();
  };

  /** A phone's keyboard covers what it leaves out of the visual viewport: the panel is as high as what is left. */
  readonly #fit = () => {
    const { height, offsetTop } = visualViewport ?? { height: innerHeight, offsetTop: 0 };
    this.#dialog.style.setProperty("--seen", `${height}px`);
    this.#dialog.style.setProperty("--above", `${offsetTop}px`);
  };
}

// Browsers from before popovers show the same nodes by this class, at the greatest z-index instead of the top layer.
function raise(node: HTMLElement): void {
  node.classList.add("raised");
  // A dialog shown so takes the focus, unless it can take none: whether the focus follows is not for it to say.
  node.inert = true;
  if (node.isConnected) node.showPopover?.();
  node.inert = false;
}

function lower(node: HTMLElement): void {
  node.classList.remove("raised");
  if (node.isConnected && node.hasAttribute("popover")) node.hidePopover?.();
}

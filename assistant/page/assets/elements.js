// Making elements. All words enter the page through here as text: nothing is ever parsed as markup.

// Where `name` is no property of the element, such as aria-label, it becomes an attribute.
export function element(kind, properties = {}, ...children) {
  const node = document.createElement(kind);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

// A button that is a picture, with its name for those who hear it and for the pointer.
export const pictured = (name, label, onclick, properties = {}) =>
  element("button", { type: "button", className: "pictured", title: label, "aria-label": label, onclick, ...properties }, icon(name));

// Gives a button a menu that opens below it; `items` makes its buttons anew each time.
export function menu(button, items) {
  const list = element("div", { className: "menu", popover: "auto" });
  document.body.append(list);
  button.setAttribute("aria-haspopup", "true");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (!list.togglePopover()) return;
    list.replaceChildren(...items(() => list.hidePopover()));
    const { bottom, left } = button.getBoundingClientRect();
    list.style.top = `${bottom + 6}px`;
    list.style.left = `${Math.max(8, Math.min(left, innerWidth - list.offsetWidth - 8))}px`;
    list.querySelector("button")?.focus();
  });
  list.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
  });
  list.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const all = [...list.querySelectorAll("button")];
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length]?.focus();
    event.preventDefault();
  });
}

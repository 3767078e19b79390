// What the script does when a page loads it: makes <policy-chat> known, and places a launcher unless told not to.

import { origin, PolicyChat } from "./element";

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

if (!customElements.get("policy-chat")) {
  origin.script = new URL(".", script?.src || location.href).href;
  customElements.define("policy-chat", PolicyChat);
}

if (script && script.dataset.launcher !== "off") {
  const launcher = document.createElement("policy-chat");
  Object.assign(launcher.dataset, script.dataset, { launcher: "" });
  launcher.dataset.host ??= new URL(".", script.src).href;
  const place = () => document.body.append(launcher);
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place, { once: true });
}

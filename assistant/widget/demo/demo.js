// Writes the address that this page was opened at into the lines to copy, and copies them.

// As it is written in HTML: an address has its quotation marks and brackets encoded, and only "&" is left to mean something.
const address = new URL("../widget.js", location.href.split(/[?#]/)[0]).href.replaceAll("&", "&amp;");
for (const place of document.querySelectorAll(".address")) place.textContent = address;

for (const button of document.querySelectorAll(".snippet button")) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    getSelection().selectAllChildren(code);
    // Where the clipboard is closed to pages (plain http), the lines stand selected, ready to be copied by hand.
    await navigator.clipboard?.writeText(code.textContent);
    if (navigator.clipboard) button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

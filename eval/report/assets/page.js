// Filters the list of cases. It reads what the page shows and writes no markup.
(() => {
  const cases = [...document.querySelectorAll("#cases > .case")];
  const texts = cases.map((one) => one.textContent.toLowerCase().normalize("NFKC"));
  const field = (name) => document.getElementById(name);
  const choices = ["language", "kind", "expect", "split"];
  const fits = (one, cause) =>
    ({ "": true, any: one.dataset.cause !== "", none: one.dataset.cause === "", broken: "broken" in one.dataset,
       fixed: "fixed" in one.dataset })[cause] ?? one.dataset.cause === cause;
  const filter = () => {
    const words = field("search").value.toLowerCase().normalize("NFKC").split(/\s+/).filter(Boolean);
    const cause = field("cause").value;
    let shown = 0;
    cases.forEach((one, place) => {
      const keep = fits(one, cause)
        && choices.every((name) => !field(name).value || one.dataset[name] === field(name).value)
        && words.every((word) => texts[place].includes(word));
      one.hidden = !keep;
      shown += keep;
    });
    field("count").value = `${shown} of ${cases.length}`;
    document.querySelectorAll(".causes button").forEach((button) =>
      button.setAttribute("aria-pressed", button.dataset.cause === cause));
  };
  field("filters").addEventListener("input", filter);
  field("filters").addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll(".causes button").forEach((button) => button.addEventListener("click", () => {
    field("cause").value = field("cause").value === button.dataset.cause ? "" : button.dataset.cause;
    filter();
    field("filters").scrollIntoView({ behavior: "smooth" });
  }));
  // What is printed is what is shown, opened.
  addEventListener("beforeprint", () => cases.forEach((one) => { if (!one.hidden && one.dataset.cause) one.open = true; }));
})();

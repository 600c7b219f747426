/* What is half written outlives another button of the page, a reload, a sign-in that ended. It stays in this tab
   alone, and goes when it has arrived: it stands on the page, or what it was sent with has a new version.

   Only forms that ask for many words fetch this file. Of what the house has filled in nothing is kept. */

const HALF_WRITTEN = "kawal-words:";

export default function keepWords(form) {
  const drawer = `${HALF_WRITTEN}${location.pathname}#${form.id}`;
  const boxes = [...form.querySelectorAll("textarea")].filter((box) => !box.defaultValue);
  const version = form.elements.version?.value ?? "";

  function held() {
    try {
      return JSON.parse(sessionStorage.getItem(drawer)) ?? {};
    } catch {
      return {}; // a browser that keeps nothing, or somebody else's value
    }
  }

  function keep(sentAs) {
    const words = Object.fromEntries(boxes.filter((box) => box.value.trim()).map((box) => [box.name, box.value]));
    try {
      if (Object.keys(words).length) sessionStorage.setItem(drawer, JSON.stringify({ words, sentAs }));
      else sessionStorage.removeItem(drawer);
    } catch {} // full or forbidden
  }

  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const { words = {}, sentAs } = held();
  const told = plain([...document.querySelectorAll(".typed")].map((one) => one.textContent).join("\n"));
  const isNew = sentAs === undefined || sentAs === version;
  for (const box of boxes) {
    const typed = words[box.name];
    if (!isNew || !typed || told.includes(plain(typed))) continue;
    box.value = typed;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  keep();
  form.addEventListener("input", () => keep());
  form.addEventListener("submit", () => keep(version));
}

/* j and k walk the rows, Enter opens, / searches, ? helps. Never while somebody types. */
export function listKeys(list) {
  const rows = () => [...list.querySelectorAll("tbody tr, li")].filter((row) => row.querySelector("a"));

  function step(by) {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    next?.querySelector("a").focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => document.querySelector('input[type="search"]')?.focus(),
    "?": () => document.getElementById("keyboard")?.togglePopover(),
  };

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
}

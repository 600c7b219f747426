/* A doubtful row by keyboard: 1 same as the marked record, 2 a new one, 3 leave out; arrows move.
   Every key presses a button or follows a link that stands on the page. */
export default function decideKeys(form) {
  const same = [...form.querySelectorAll("[data-same]")];
  let marked = 0;

  function mark(step) {
    if (!same.length) return;
    same[marked].classList.remove("marked");
    marked = (marked + step + same.length) % same.length;
    same[marked].classList.add("marked");
    if (step) same[marked].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    const target = event.key === "1" ? same[marked] : form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key in moves && same.length > 1) mark(moves[event.key]);
    else if (target) target.click();
    else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", onKey);
  mark(0);
}

/* Says how many characters are left. Counts as the server does: characters, not UTF-16 halves; a new line
   arrives there as two. Read out only after a pause, lest it interrupts every key. */
export function countCharacters(line) {
  const box = document.getElementById(line.dataset.for);
  const limit = Number(line.dataset.limit);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  let pause;

  function count() {
    const left = limit - [...box.value.replace(/\n/g, "\r\n")].length;
    const words = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = words.replace("{count}", numbers.format(Math.abs(left)));
    line.classList.toggle("over", left < 0);
  }

  box.addEventListener("input", () => {
    count();
    clearTimeout(pause);
    line.removeAttribute("role");
    pause = setTimeout(() => line.setAttribute("role", "status"), 1200);
  });
  count();
}

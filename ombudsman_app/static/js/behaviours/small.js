/* Buttons that need a script stay hidden without one. */

/* Copies the words of the element named by `data-from`; says `data-done` for a moment. */
export function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const label = button.querySelector("span");
  const words = label.textContent;
  label.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.from).textContent.trim());
    label.textContent = button.dataset.done;
    setTimeout(() => (label.textContent = words), 4000);
  });
}

export function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

export function goBack(button) {
  if (history.length < 2) return;
  button.hidden = false;
  button.addEventListener("click", () => history.back());
}

/* What folds out over a page folds away again when somebody turns elsewhere. */
export function foldAway(details) {
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

/* A link that looks for itself whether its page has something new to show: first after `data-seconds`, then less
   and less often, and only while somebody sees it. What stands there stays until then. */
export function lookAgain(link) {
  let round = 0;
  const later = () => setTimeout(look, Math.min(link.dataset.seconds * ++round, 30) * 1000);
  async function look() {
    if (document.hidden) return document.addEventListener("visibilitychange", look, { once: true });
    try {
      const answer = await fetch(link.href);
      if (answer.ok && !(await answer.text()).includes('data-behaviour="look-again"')) return location.replace(link.href);
    } catch {} // the line is away: the next look may find it again
    later();
  }
  later();
}

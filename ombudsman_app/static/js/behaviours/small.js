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

/* A page that waits for work looks again by itself, less and less often, while somebody sees it. */
export function lookAgain(link) {
  const round = (history.state?.round ?? 0) + 1;
  const pause = Math.min(link.dataset.seconds * round, 30) * 1000;
  setTimeout(function look() {
    if (document.hidden) return document.addEventListener("visibilitychange", look, { once: true });
    history.replaceState({ round }, "");
    location.reload();
  }, pause);
}

export function goBack(button) {
  if (history.length < 2) return;
  button.hidden = false;
  button.addEventListener("click", () => history.back());
}

/* A link that looks for itself, every `data-seconds`, whether its page has something new to show. */
export function lookAgain(link) {
  const pause = Number(link.dataset.seconds) * 1000;
  const later = () => setTimeout(look, pause);
  async function look() {
    try {
      const answer = await fetch(link.href);
      if (answer.ok && !(await answer.text()).includes('data-behaviour="look-again"')) {
        location.replace(link.href);
        return;
      }
    } catch {
      // the line is away: the next look may find it again
    }
    later();
  }
  later();
}

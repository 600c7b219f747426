/* Searches while one types: asks for the same page as the button would and takes over its list.
   The list has the id in `data-results`; on any trouble the button still works. */
import { bind } from "../loader.js";

export function liveSearch(form) {
  const id = form.dataset.results;
  let pause;
  let asked;

  async function search() {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    document.getElementById(id).setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asked.signal, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(id);
      if (!fresh) return;
      document.getElementById(id).replaceWith(document.adoptNode(fresh));
      bind(document.getElementById(id));
      history.replaceState(null, "", address);
    } catch {
      document.getElementById(id).removeAttribute("aria-busy"); // overtaken or offline
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 250);
  });
}

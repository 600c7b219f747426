/* The queue follows at once: chips, boxes and pages ask for the address that their link or button names
   and take over its parts. The address stays the truth; back and forward work. Where the answer is another
   page (the session ended) the browser goes there; where none comes, `#queue-trouble` says what to do. */
import { bind } from "../loader.js";
import { remember, remembered } from "./remember.js";

const QUEUE_WAIT_MS = 250;
const QUEUE_UNFOLDED = "kawal-queue-boxes"; // whether this person works with the boxes open

export function queuePage(page) {
  const parts = page.dataset.parts.split(" ");
  const form = () => document.getElementById("queue-form");
  const search = document.getElementById("search-q");
  let asked;
  let pause;

  async function show(address, { enters = "push", from = "link" } = {}) {
    clearTimeout(pause);
    asked?.abort();
    asked = new AbortController();
    document.getElementById("queue-list").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asked.signal, credentials: "same-origin" });
      const arrived = new URL(answer.url);
      if (!answer.ok || arrived.pathname !== location.pathname) return location.assign(address);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      takeOver(fresh, from);
      if (enters === "push") history.pushState({ from }, "", arrived);
      if (enters === "replace") history.replaceState({ from }, "", arrived);
    } catch (trouble) {
      if (trouble.name !== "AbortError") tell(address);
    }
  }

  function takeOver(fresh, from) {
    const link = document.activeElement?.closest("a")?.getAttribute("href");
    const held = parts.find((id) => document.getElementById(id).contains(document.activeElement));
    for (const id of parts) renew(fresh, id);
    document.getElementById("queue-count").textContent = fresh.getElementById("queue-count").textContent;
    if (from !== "form") {
      renew(fresh, "queue-boxes");
      search.value = fresh.getElementById("search-q").value;
    }
    showCurrent();
    if (from === "paging") turnTo(document.getElementById("queue-list"));
    else if (held) keepFocus(document.getElementById(held), link);
  }

  function renew(fresh, id) {
    const old = document.getElementById(id);
    const young = document.adoptNode(fresh.getElementById(id));
    if (old.open) young.open = true;
    old.replaceWith(young);
    bind(young);
  }

  function keepFocus(part, href) {
    const links = [...part.querySelectorAll("a")];
    const same = links.find((one) => one.getAttribute("href") === href) ?? part.querySelector("[aria-current]");
    (same ?? links[0] ?? document.getElementById("queue-list")).focus({ preventScroll: true });
  }

  function showCurrent() {
    for (const chip of page.querySelectorAll(".chips [aria-current]")) {
      const line = chip.closest(".chips");
      line.scrollLeft = chip.offsetLeft - line.offsetLeft - (line.clientWidth - chip.offsetWidth) / 2;
    }
  }

  function turnTo(list) {
    list.focus({ preventScroll: true });
    list.scrollIntoView({ block: "start" });
  }

  function tell(address) {
    const words = document.getElementById("queue-trouble").content.cloneNode(true);
    words.querySelector("a").href = address;
    document.getElementById("queue-notice").replaceChildren(words);
    document.getElementById("queue-list").removeAttribute("aria-busy");
  }

  function chosen() {
    const given = [...new FormData(form())].filter(([, value]) => value.trim() !== "");
    return given.length ? `${location.pathname}?${new URLSearchParams(given)}` : page.dataset.all;
  }

  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    show(link.href, { from: link.rel ? "paging" : "link" });
  });
  page.addEventListener("input", (event) => {
    if (event.target !== search) return;
    clearTimeout(pause);
    const enters = history.state?.from === "form" ? "replace" : "push"; // one entry for all that is typed
    pause = setTimeout(() => show(chosen(), { enters, from: "form" }), QUEUE_WAIT_MS);
  });
  page.addEventListener("change", (event) => {
    if (event.target !== search && event.target.form === form()) show(chosen(), { from: "form" });
  });
  page.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    show(chosen(), { from: "form" });
  });
  page.addEventListener(
    "toggle",
    (event) => {
      if (event.target.id === "queue-boxes") remember(QUEUE_UNFOLDED, event.target.open);
    },
    true, // it does not bubble
  );
  if (remembered(QUEUE_UNFOLDED) === "true") document.getElementById("queue-boxes").open = true;
  showCurrent();
  addEventListener("popstate", () => show(location.href, { enters: "none" }));
}

/* j and k walk the rows, o opens, / searches, f filters, n and p turn the page, ? helps; an element with
   data-key="m" is clicked by its letter; g d leads to the desk. Never while somebody types, and the whole
   can be switched off (WCAG 2.1.4). The focus really moves, so that readers follow. */
const SWITCH = "kawal-keys";
const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
let isListening = false;
let isGoing = false;

const list = () => document.querySelector('[data-behaviour~="list-keys"]');
const rows = () => [...(list()?.querySelectorAll("tbody tr, li") ?? [])].filter((row) => row.querySelector("a"));
const click = (selector) => document.querySelector(selector)?.click();

function step(by) {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  next?.querySelector("a").focus();
  next?.scrollIntoView({ block: "nearest" });
}

function filters() {
  const boxes = document.querySelector("form.filters");
  const folded = boxes?.closest("details");
  if (folded) folded.open = true;
  boxes?.querySelector("select, input:not([type=hidden])")?.focus();
}

function go() {
  isGoing = true;
  setTimeout(() => (isGoing = false), 1500);
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => rows().find((row) => row.contains(document.activeElement))?.querySelector("a").click(),
  n: () => click('.paging a[rel="next"]'),
  p: () => click('.paging a[rel="prev"]'),
  f: filters,
  g: go,
  "/": () => document.querySelector('main input[type="search"]')?.focus(),
  "?": () => document.getElementById("keyboard")?.togglePopover(),
};

function obey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING) || !list()) return;
  if (localStorage.getItem(SWITCH) === "off") return;
  const desk = document.getElementById("keyboard")?.dataset.desk;
  if (isGoing && event.key === "d" && desk) return location.assign(desk);
  const named = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  const act = keys[event.key] ?? (named ? () => named.click() : null);
  if (!act) return;
  event.preventDefault();
  act();
}

export function listKeys() {
  if (!isListening) document.addEventListener("keydown", obey);
  isListening = true;
}

/* Switches the keys off and on again, for who works by voice or has a keyboard that misses. */
export function keysSwitch(button) {
  const say = () => {
    const isOff = localStorage.getItem(SWITCH) === "off";
    button.textContent = isOff ? button.dataset.on : button.dataset.off;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const isOff = localStorage.getItem(SWITCH) === "off";
    localStorage.setItem(SWITCH, isOff ? "on" : "off");
    say();
  });
  say();
}

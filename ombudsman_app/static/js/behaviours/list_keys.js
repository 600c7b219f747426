/* j and k walk the rows, o opens, / searches, f filters, n and p turn the page, ? helps; an element with
   data-key="m" is clicked by its letter; g d leads to the desk. Never while somebody types, and the whole
   can be switched off (WCAG 2.1.4). The focus really moves, so that readers follow. */
import { remember, remembered } from "./remember.js";

const KEYS_SWITCH = "kawal-keys";
const TYPING_PLACES = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
let isKeyListening = false;
let isKeyWaiting = false;

const keyedList = () => document.querySelector('[data-behaviour~="list-keys"]');
const keyedRows = () => [...(keyedList()?.querySelectorAll("tbody tr, li") ?? [])].filter((row) => row.querySelector("a"));
const clickOn = (selector) => document.querySelector(selector)?.click();

function stepRow(by) {
  const all = keyedRows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  next?.querySelector("a").focus();
  next?.scrollIntoView({ block: "nearest" });
}

function enterFilters() {
  const boxes = document.querySelector("form.filters");
  const folded = boxes?.closest("details");
  if (folded) folded.open = true;
  boxes?.querySelector("select, input:not([type=hidden])")?.focus();
}

function waitForPlace() {
  isKeyWaiting = true;
  setTimeout(() => (isKeyWaiting = false), 1500);
}

const LIST_KEYS = {
  j: () => stepRow(1),
  k: () => stepRow(-1),
  o: () => keyedRows().find((row) => row.contains(document.activeElement))?.querySelector("a").click(),
  n: () => clickOn('.paging a[rel="next"]'),
  p: () => clickOn('.paging a[rel="prev"]'),
  f: enterFilters,
  g: waitForPlace,
  "/": () => document.querySelector('main input[type="search"]')?.focus(),
  "?": () => document.getElementById("keyboard")?.togglePopover(),
};

function obeyKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING_PLACES)) return;
  if (remembered(KEYS_SWITCH) === "off") return;
  const desk = document.getElementById("keyboard")?.dataset.desk;
  if (isKeyWaiting && event.key === "d" && desk) return location.assign(desk);
  const named = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  const act = LIST_KEYS[event.key] ?? (named ? () => named.click() : null);
  if (!act) return;
  event.preventDefault();
  act();
}

export function listKeys() {
  if (!isKeyListening) document.addEventListener("keydown", obeyKey);
  isKeyListening = true;
}

/* Switches the keys off and on again, for who works by voice or has a keyboard that misses. */
export function keysSwitch(button) {
  listKeys(); // they also work where the list is empty
  const say = () => {
    const isOff = remembered(KEYS_SWITCH) === "off";
    button.textContent = isOff ? button.dataset.on : button.dataset.off;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const isOff = remembered(KEYS_SWITCH) === "off";
    remember(KEYS_SWITCH, isOff ? "on" : "off");
    say();
  });
  say();
}

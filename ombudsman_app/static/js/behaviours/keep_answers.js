/* Keeps what is typed on this phone, for seven days at most, until it is sent or removed by hand.

   A form names its drawer by `data-draft`. Who somebody is never goes in: a form or field with
   data-keep="no" is left alone, and so is every field whose autocomplete word speaks of a person. */
const DRAWER = "kawal:";
const WEEK = 7 * 24 * 3600 * 1000;
const OF_A_PERSON = /name|tel|email|street|address|postal|bday|sex|username|password|one-time/;
const NEVER = ["hidden", "password", "file", "submit", "button", "tel", "email"];

function fieldsOf(form) {
  return [...form.elements].filter(
    (field) =>
      field.name && !NEVER.includes(field.type) && !OF_A_PERSON.test(field.autocomplete) && !field.closest('[data-keep="no"]'),
  );
}

function drawerOf(form) {
  return DRAWER + form.dataset.draft + location.pathname;
}

function forget() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(DRAWER)) localStorage.removeItem(key);
  } catch {} // a browser that keeps nothing has nothing to forget
}

function holdsAnything() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(DRAWER));
  } catch {
    return false;
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < WEEK) return kept;
    localStorage.removeItem(key);
  } catch {} // private mode, or somebody else's value
  return null;
}

export function keepAnswers(form) {
  if (form.closest('[data-keep="no"]')) return;
  const key = drawerOf(form);
  const fields = fieldsOf(form);
  const line = form.querySelector("[data-kept]");

  function say(at) {
    if (!line) return;
    line.hidden = false;
    if (!at) return;
    const time = new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    line.querySelector("p").textContent = line.dataset.kept.replace("{time}", time);
  }

  function putBack({ answers }) {
    const isUntouched = fields.every((field) => (field.type === "radio" || field.type === "checkbox" ? !field.checked : !field.value));
    if (!isUntouched) return; // the server knows better
    for (const field of fields) {
      const values = answers[field.name] ?? [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
      field.dispatchEvent(new Event("input"));
    }
  }

  function keep() {
    const answers = {};
    for (const field of fields) {
      if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
      if (field.value) (answers[field.name] ??= []).push(field.value);
    }
    const at = Date.now();
    try {
      localStorage.setItem(key, JSON.stringify({ at, answers }));
      say(at);
    } catch {} // full or forbidden: the draft on the server remains
  }

  let pause;
  form.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(pause);
    pause = setTimeout(keep, 400);
  });
  form.addEventListener("submit", () => clearTimeout(pause));
  form.addEventListener("forget", () => clearTimeout(pause));
  const kept = read(key);
  if (kept) putBack(kept);
  if (kept || holdsAnything()) say(kept?.at);
}

/* A button lets go when pressed, a form when sent; anything else (the receipt page) at once. */
export function forgetAnswers(element) {
  if (element.tagName === "FORM") return element.addEventListener("submit", forget);
  if (element.tagName !== "BUTTON") return forget();
  element.addEventListener("click", () => {
    element.form?.dispatchEvent(new Event("forget"));
    forget();
    const line = element.closest("[data-kept]");
    line.querySelector("p").textContent = element.dataset.done;
  });
}

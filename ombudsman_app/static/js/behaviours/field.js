/* An answer is kept as it is typed. One sending at a time; a sending that was cut off goes again with its key,
   so that the house keeps it once. What the house refuses is sent as a page, which shows why and keeps the text.

   Only the pages of a sheet fetch this file. */

const TYPING_MS = 1200;
const AGAIN_MS = 8000;

function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export default function fieldAnswer(form) {
  const words = form.dataset;
  const part = (name) => form.querySelector(`[data-part="${name}"]`);
  const saved = part("saved");
  let kept = contentOf();
  let isSending = false;
  let waits = false;
  let pressed = null;
  let pause;

  function contentOf() {
    const given = new FormData(form);
    for (const name of ["csrf_token", "version", "answer_key", "then"]) given.delete(name);
    return new URLSearchParams(given).toString();
  }

  /* Two numbers, of which one is not written yet, are no answer yet; so is "does not apply" without a reason. */
  function isWhole() {
    const { numerator, denominator, is_na: na, na_reason: reason } = form.elements;
    if (na?.checked) return reason.value.trim() !== "";
    return !numerator || (numerator.value.trim() === "") === (denominator.value.trim() === "");
  }

  function say(text, isLate = false) {
    saved.textContent = text;
    saved.classList.toggle("late", isLate);
  }

  async function save() {
    clearTimeout(pause);
    if (isSending) return (waits = true);
    const content = contentOf();
    if (content === kept || !isWhole()) return;
    isSending = true;
    say(words.saving);
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
      await take(answer, content);
    } catch {
      say(words.unsaved, true);
      pause = setTimeout(save, AGAIN_MS); // the key stays: whatever arrived is kept once
    }
    isSending = false;
    if (pressed) return form.requestSubmit(pressed);
    if (waits) {
      waits = false;
      save();
    }
  }

  async function take(answer, content) {
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    if (!answer.ok || !isOurs) return refused(isOurs ? await answer.json() : {});
    const told = await answer.json();
    kept = content;
    form.elements.version.value = told.version;
    form.elements.answer_key.value = freshKey();
    part("points").textContent = told.points;
    part("answer").textContent = form.elements.denominator ? told.answer : "";
    if (part("counts")) part("counts").textContent = told.counts;
    showErrors({});
    say(told.saved);
  }

  function refused(told) {
    showErrors(told.errors ?? {});
    say(told.errors ? "" : words.refused, true);
  }

  /* As the house writes them: above the box, which says what is wrong with it. */
  function showErrors(errors) {
    for (const old of form.querySelectorAll("[data-part='error']")) {
      const place = old.closest(".field");
      const box = place.querySelector("[aria-invalid]");
      box?.removeAttribute("aria-invalid");
      box?.setAttribute("aria-describedby", box.dataset.describedBy);
      place.classList.remove("wrong");
      old.remove();
    }
    for (const [name, text] of Object.entries(errors)) {
      const found = form.elements[name];
      const box = found?.length && !found.tagName ? found[0] : found;
      const place = box?.closest(".field");
      if (!place) continue;
      const line = document.createElement("p");
      line.className = "error";
      line.id = `${name}-says`;
      line.dataset.part = "error";
      line.setAttribute("role", "alert");
      line.textContent = text;
      (box.closest(".scale, .choice") ?? box).before(line);
      place.classList.add("wrong");
      box.dataset.describedBy = box.getAttribute("aria-describedby") ?? "";
      box.setAttribute("aria-describedby", `${box.dataset.describedBy} ${line.id}`.trim());
      box.setAttribute("aria-invalid", "true");
    }
  }

  form.addEventListener("change", save);
  form.addEventListener("input", (event) => {
    if (event.target.type === "radio" || event.target.type === "checkbox") return; // `change` follows at once
    clearTimeout(pause);
    pause = setTimeout(save, TYPING_MS);
  });
  /* A button pressed while a sending is on its way waits for it: the same key with other words would be refused.
     In the capture phase, before the button believes that the form is gone. */
  form.addEventListener(
    "submit",
    (event) => {
      clearTimeout(pause);
      pressed = isSending ? event.submitter : null;
      if (isSending) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else kept = contentOf();
    },
    { capture: true },
  );
  addEventListener("online", save);
  addEventListener("beforeunload", (event) => (contentOf() !== kept || isSending) && event.preventDefault());
}

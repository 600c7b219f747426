/* Shows of a question's form only what belongs to the chosen kind of answer. */
const PARTS_OF_KINDS = "[data-for]";

export default function answerType(form) {
  const kind = form.querySelector("#answer_type");
  const parts = form.querySelectorAll(PARTS_OF_KINDS);

  function show() {
    for (const part of parts) part.hidden = kind.value !== "" && part.dataset.for !== kind.value;
  }

  kind.addEventListener("change", show);
  show();
}

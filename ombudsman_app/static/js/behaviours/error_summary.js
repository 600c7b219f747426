/* After a refusal the eye and the reader land on what is wrong; a link goes into the field itself. */
export function errorSummary(panel) {
  panel.focus();
  panel.addEventListener("click", (event) => {
    const field = document.getElementById(event.target.hash?.slice(1));
    if (!field) return;
    event.preventDefault();
    field.closest(".field")?.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

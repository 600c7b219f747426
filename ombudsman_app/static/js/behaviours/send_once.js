/* A second press while the answer is on its way does nothing. A page that the browser brings back from
   its memory is awake again. The button is not disabled: its value must travel with the form. */
export function sendOnce(button) {
  const form = button.form;
  const words = button.textContent;

  function wake() {
    delete form.dataset.sent;
    button.removeAttribute("aria-disabled");
    button.textContent = words;
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || (event.submitter && event.submitter !== button)) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.sending;
    setTimeout(wake, 20000);
  });
  addEventListener("pageshow", (event) => event.persisted && wake());
}

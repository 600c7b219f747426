/* A clock for waiting and serving times: it fills the boxes, which can be written by hand as well. The instant of
   the start is kept, so that the clock goes on when the page was away for a while. */
const TICK_MS = 500;

export default function stopwatch(form) {
  const part = (name) => form.querySelector(`[data-part="${name}"]`);
  const button = part("run");
  const { minutes, seconds, started_at: startedAt } = form.elements;
  let began = 0;
  let tick;

  const gone = () => Math.round((Date.now() - began) / 1000);

  function show() {
    const total = gone();
    part("time").textContent = `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
  }

  button.addEventListener("click", () => {
    if (!began) {
      began = Date.now();
      startedAt.value = new Date(began).toISOString();
      button.textContent = button.dataset.stop;
      tick = setInterval(show, TICK_MS);
      return show();
    }
    clearInterval(tick);
    show();
    const total = gone();
    minutes.value = Math.floor(total / 60);
    seconds.value = total % 60;
    began = 0;
    button.textContent = button.dataset.start;
    minutes.focus();
  });
  part("clock").hidden = false;
}

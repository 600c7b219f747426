/* Asks how far a job is, every second at first, more rarely later; goes where `data-done` says once it is done. */
const FIRST_MS = 1000;
const LAST_MS = 5000;

export function progress(box) {
  if (!["waiting", "running"].includes(box.dataset.state)) return;
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const bar = box.querySelector("progress");
  const role = box.querySelector("[role=progressbar]");
  part("again")?.setAttribute("hidden", "");
  let pause = FIRST_MS;

  function show(job) {
    const mark = part("status").firstElementChild;
    mark.textContent = job.word;
    mark.className = `status ${job.tone}`;
    if (job.percent === null) {
      bar?.removeAttribute("value");
      role?.removeAttribute("aria-valuenow");
    } else if (bar) {
      bar.value = job.percent;
      role.setAttribute("aria-valuenow", job.percent);
    }
    part("percent").textContent = job.is_living && job.percent !== null ? `${job.percent}%` : "";
    part("step").textContent = job.is_living ? job.step : "";
    part("left").textContent = job.left;
    part("reason").textContent = job.reason;
    part("reason").hidden = !job.reason;
  }

  async function ask() {
    try {
      const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return location.reload();
      const job = await answer.json();
      show(job);
      if (!job.is_living) {
        if (job.state === "done" && box.dataset.done) location.assign(box.dataset.done);
        else location.reload();
        return;
      }
    } catch {
      part("left").textContent = box.dataset.lost;
    }
    pause = Math.min(pause * 1.2, LAST_MS);
    setTimeout(ask, pause);
  }

  setTimeout(ask, pause);
}

/* Sends files in pieces (tus 1.0) and goes on by itself after a cut, also when the same file is chosen again
   on another day. Shows each file with its bar; the list of what has arrived comes from the page itself.

   Only pages with the box fetch this file; `bind` is that of loader.js, for what comes into the page later.

   The phone keeps the address of an unfinished upload with name, size and date of its file, nothing else. */

const UPLOADS_KEPT = "kawal:unggah:"; // begins as the drawer of answers, so both are forgotten together
const UPLOADS_LAST_MS = 24 * 3600 * 1000;
const PIECE_BYTES = 256 * 1024;
const SMALLEST_PIECE_BYTES = 32 * 1024;
const PIECE_WAIT_MS = 90_000;
const PAUSES_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const CHECK_FIRST_MS = 800;
const CHECK_LAST_MS = 8000;
const BEGUN_ANEW_MOST = 3;
const VIDEO_NAME = /\.(mp4|m4v|3gpp?)$/i;

class Refused extends Error {}
class Gone extends Error {}
class Moved extends Error {}

function inBase64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export default function upload(box, bind) {
  const words = box.dataset;
  const part = (name, root = box) => root.querySelector(`[data-part="${name}"]`);
  const form = part("form");
  const input = form.elements.files;
  const camera = part("camera-input");
  const sending = part("sending");
  const drawer = `${UPLOADS_KEPT}${words.create}|${words.owner}|${words.ownerId}`;
  const tasks = [];
  let token = form.elements.csrf_token.value;
  let isBusy = false;
  let held = null; // a form that waits until everything has arrived
  let pause = CHECK_FIRST_MS;
  let timer;

  /* what the phone keeps */

  function kept() {
    try {
      const all = JSON.parse(localStorage.getItem(drawer)) ?? [];
      return all.filter((one) => Date.now() - one.at < UPLOADS_LAST_MS);
    } catch {
      return [];
    }
  }

  function keep(all) {
    try {
      if (all.length) localStorage.setItem(drawer, JSON.stringify(all));
      else localStorage.removeItem(drawer);
    } catch {} // private mode: then it goes on only within this page
  }

  const modifiedOf = (file) => file.modified ?? file.lastModified;
  const isSame = (one, other) => one.name === other.name && one.size === other.size && modifiedOf(one) === modifiedOf(other);

  function note(task) {
    const { name, size, lastModified: modified } = task.file;
    const others = kept().filter((one) => !isSame(one, task.file));
    keep([...others, { name, size, modified, key: task.key, address: task.address, at: Date.now() }]);
  }

  const forget = (file) => keep(kept().filter((one) => !isSame(one, file)));

  /* what the person sees */

  function sizeOf(bytes) {
    const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "kB"] : [bytes / 1024 / 1024, "MB"];
    const digits = { maximumFractionDigits: unit === "MB" ? 1 : 0 };
    return `${Math.max(value, unit === "kB" ? 1 : 0).toLocaleString(document.documentElement.lang, digits)} ${unit}`;
  }

  function lineFor(file) {
    const line = part("line").content.cloneNode(true).firstElementChild;
    part("name", line).textContent = file.name;
    part("size", line).textContent = sizeOf(file.size);
    for (const button of line.querySelectorAll("button")) button.append(hiddenWords(`: ${file.name}`));
    line.querySelector("progress").setAttribute("aria-label", file.name);
    sending.append(line);
    sending.hidden = false;
    return line;
  }

  function hiddenWords(text) {
    const span = document.createElement("span");
    span.className = "visually-hidden";
    span.textContent = text;
    return span;
  }

  function take(line) {
    line.remove();
    sending.hidden = !sending.children.length;
  }

  function show(line, state, text, { percent = null, again = false } = {}) {
    line.dataset.state = state;
    part("word", line).textContent = percent === null ? text : text.replace("{percent}", `${percent}%`);
    const bar = line.querySelector("progress");
    bar.hidden = state === "refused";
    if (percent === null) bar.removeAttribute("value");
    else bar.value = percent;
    part("again", line).hidden = !again;
  }

  const say = (text) => (part("says").textContent = text);

  /* the list of the page, read again */

  async function refresh() {
    clearTimeout(timer);
    try {
      const address = new URL(location.href);
      address.searchParams.set("bagian", "berkas"); // nobody reads the rest of it: a message stays unread
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(words.list);
      token = page.getElementById(box.id)?.querySelector("[name=csrf_token]")?.value ?? token;
      const list = document.getElementById(words.list);
      if (!fresh) return false;
      if (stateOf(fresh) !== stateOf(list)) {
        for (const folded of fresh.querySelectorAll(":scope > details")) folded.open = true;
        list.replaceWith(document.adoptNode(fresh));
        bind(fresh);
        pause = CHECK_FIRST_MS;
      }
      for (const one of document.querySelectorAll("[data-renew]")) {
        one.textContent = page.getElementById(one.id)?.textContent ?? one.textContent;
      }
      for (const one of document.querySelectorAll("[data-offers]")) offer(one, page.getElementById(one.id));
      return true;
    } catch {
      return false;
    } finally {
      checkLater();
    }
  }

  /* Files that a form can name: those that came meanwhile are ticked, the others stay as they were. */
  function offer(place, fresh) {
    const ticks = new Map([...place.querySelectorAll("input")].map((one) => [one.value, one.checked]));
    const offered = [...(fresh?.querySelectorAll("input") ?? [])];
    if (offered.length === ticks.size) return;
    for (const one of offered) one.checked = ticks.get(one.value) ?? true;
    place.replaceChildren(...document.adoptNode(fresh).childNodes);
  }

  const stateOf = (list) => [...list.querySelectorAll("[data-file]")].map((one) => one.dataset.file + one.dataset.state).join();

  function checkLater() {
    clearTimeout(timer);
    if (!document.getElementById(words.list).querySelector('[data-state="quarantined"]')) return;
    timer = setTimeout(refresh, pause);
    pause = Math.min(pause * 1.4, CHECK_LAST_MS);
  }

  /* the line */

  async function ask(method, address, { headers = {}, body, signal } = {}) {
    const stop = new AbortController();
    const tooLong = setTimeout(() => stop.abort(new DOMException("", "TimeoutError")), PIECE_WAIT_MS);
    const end = () => stop.abort();
    signal?.addEventListener("abort", end);
    try {
      return await fetch(address, {
        method,
        body,
        credentials: "same-origin",
        signal: stop.signal,
        headers: { "Tus-Resumable": "1.0.0", "X-CSRF-Token": token, Accept: "application/json", ...headers },
      });
    } finally {
      clearTimeout(tooLong);
      signal?.removeEventListener("abort", end);
    }
  }

  async function checked(answer, task) {
    if (answer.ok) return answer;
    const { status } = answer;
    if (status === 404 || status === 410) throw new Gone();
    if (status === 409) throw new Moved();
    const says = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    const sentence = says.message ?? "";
    if (status === 423 || status === 429 || (status >= 500 && status !== 507)) {
      task.pauseMs = 1000 * Number(answer.headers.get("Retry-After") ?? 0);
      task.why = status === 429 ? words.tooMany : sentence;
      throw new Error(status);
    }
    if (!sentence && !task.hasNewToken && (await refresh())) {
      task.hasNewToken = true; // the session was renewed meanwhile: once more with the token of now
      throw new Moved();
    }
    throw new Refused(sentence || { 413: words.tooLarge, 415: words.wrongKind, 507: words.full }[status] || words.failed);
  }

  async function create(task) {
    const about = { filename: task.file.name, key: task.key, owner: words.owner };
    if (words.ownerId) about.owner_id = words.ownerId;
    const metadata = Object.entries(about).map(([name, value]) => `${name} ${inBase64(value)}`);
    const headers = { "Upload-Length": String(task.file.size), "Upload-Metadata": metadata.join(",") };
    note(task); // the key first: if the answer is lost, the same key finds the same upload
    const answer = await checked(await ask("POST", words.create, { headers, signal: task.stop.signal }), task);
    task.address = new URL(answer.headers.get("Location"), location.href).pathname;
    note(task);
    return whereIn(answer, task);
  }

  async function offsetOf(task) {
    return whereIn(await checked(await ask("HEAD", task.address, { signal: task.stop.signal }), task), task);
  }

  async function sendPiece(task, offset) {
    const body = task.file.slice?.(offset, offset + task.pieceBytes) ?? "";
    const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    return whereIn(await checked(await ask("PATCH", task.address, { headers, body, signal: task.stop.signal }), task), task);
  }

  function whereIn(answer, task) {
    task.isFiled = answer.headers.has("X-File");
    return Number(answer.headers.get("Upload-Offset"));
  }

  async function send(task) {
    let failures = 0;
    let anew = 0;
    for (;;) {
      try {
        let offset = task.address ? await offsetOf(task) : await create(task);
        while (!task.isFiled) { // the last piece may be there and not be made a file yet: an empty one does it
          showSent(task, offset);
          offset = await sendPiece(task, offset);
          failures = 0;
        }
        return;
      } catch (trouble) {
        if (trouble instanceof Refused || task.isDropped) throw trouble;
        if (trouble instanceof Gone && (anew += 1) > BEGUN_ANEW_MOST) throw new Refused(words.failed);
        if (trouble instanceof Gone) Object.assign(task, { address: "", key: freshKey() });
        if (trouble instanceof Gone || (trouble instanceof Moved && failures === 0)) {
          failures += 1;
          continue;
        }
        if (trouble.name === "TimeoutError") task.pieceBytes = Math.max(task.pieceBytes / 2, SMALLEST_PIECE_BYTES);
        const percent = task.percent ?? 0;
        const why = task.why || words.cut;
        show(task.line, "waiting", why, { percent, again: true });
        say(`${task.file.name}: ${why.replace("{percent}", `${percent}%`)}`);
        await rest(task, Math.max(task.pauseMs ?? 0, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]));
        failures += 1;
        task.why = "";
        task.pauseMs = 0;
      }
    }
  }

  function showSent(task, offset) {
    task.percent = Math.floor((100 * offset) / task.file.size);
    show(task.line, "sending", words.sent, { percent: task.percent });
  }

  /* until the pause is over, the line is back, or the person presses the button */
  function rest(task, milliseconds) {
    return new Promise((go) => {
      const wake = () => {
        clearTimeout(clock);
        removeEventListener("online", wake);
        go();
      };
      const clock = setTimeout(wake, milliseconds);
      addEventListener("online", wake);
      task.wake = wake;
    });
  }

  /* one after the other */

  async function work() {
    if (isBusy) return;
    isBusy = true;
    while (tasks.length) {
      const task = tasks[0];
      try {
        if (!task.isDropped) await alone(() => send(task));
        if (!task.isDropped) await arrived(task);
      } catch (trouble) {
        if (!task.isDropped) refuse(task.line, task.file, trouble instanceof Refused ? trouble.message : words.failed);
        if (trouble instanceof Refused) forget(task.file);
      }
      tasks.shift();
    }
    isBusy = false;
    if (held) letGo();
  }

  /* not from two windows at once, where the browser can tell */
  function alone(act) {
    return navigator.locks ? navigator.locks.request("kawal-unggah", act) : act();
  }

  async function arrived(task) {
    forget(task.file);
    show(task.line, "arrived", words.arrived, { percent: 100 });
    say(`${task.file.name}: ${words.arrived}`);
    if (await refresh()) take(task.line);
  }

  function refuse(line, file, sentence) {
    if (held) document.getElementById(words.wait).hidden = true;
    held = null; // the person should read this first
    show(line, "refused", sentence);
    say(`${file.name}: ${sentence}`);
  }

  function whyNot(file) {
    const isVideo = file.type.startsWith("video/") || VIDEO_NAME.test(file.name);
    const there = document.getElementById(words.list).querySelectorAll('[data-file]:not([data-state="refused"])').length;
    if (!isTaken(file)) return words.wrongKind;
    if (!file.size) return words.empty;
    if (file.size > Number(isVideo ? words.videoBytes : words.fileBytes)) return words.tooLarge;
    return there + tasks.length >= Number(words.mostFiles) ? words.tooManyFiles : "";
  }

  function isTaken(file) {
    const ending = `.${file.name.split(".").pop().toLowerCase()}`;
    return input.accept.split(",").some((one) => one === ending || one === file.type);
  }

  function add(files) {
    for (const file of files) {
      if (tasks.some((task) => isSame(task.file, file))) continue;
      const before = kept().find((one) => isSame(one, file));
      for (const old of sending.querySelectorAll("[data-state=cut]")) if (before && old.dataset.key === before.key) take(old);
      const line = lineFor(file);
      const sentence = whyNot(file);
      const task = { file, line, key: before?.key ?? freshKey(), address: before?.address ?? "", pieceBytes: PIECE_BYTES };
      task.stop = new AbortController();
      part("drop", line).addEventListener("click", () => drop(task));
      part("again", line).addEventListener("click", () => task.wake?.());
      if (sentence) {
        refuse(line, file, sentence);
        continue;
      }
      show(line, "waiting", words.queued);
      tasks.push(task);
    }
    work();
  }

  /* The person does not want it any more. */
  function drop(task) {
    task.isDropped = true;
    task.stop.abort();
    task.wake?.();
    forget(task.file);
    take(task.line);
    if (task.address) ask("DELETE", task.address).catch(() => {}); // it ends by itself after a day
    (part("pick") ?? input).focus();
  }

  /* What was cut off on another visit: the browser has lost the file, so it must be chosen once more. */
  async function showCut(one) {
    const task = { file: one, address: one.address, stop: new AbortController() };
    let offset = 0;
    try {
      if (one.address) offset = await offsetOf(task);
      if (offset === one.size && !task.isFiled) await sendPiece(task, offset);
      if (offset === one.size) return forgetKept(one) || refresh();
    } catch (trouble) {
      if (trouble instanceof Gone) return forgetKept(one);
    }
    if (!kept().some((other) => other.key === one.key) || tasks.some((other) => other.key === one.key)) return;
    const line = lineFor(one);
    line.dataset.key = one.key;
    show(line, "cut", words.choose, { percent: Math.floor((100 * offset) / one.size) });
    part("drop", line).addEventListener("click", () => {
      forgetKept(one);
      take(line);
      if (one.address) ask("DELETE", one.address).catch(() => {});
    });
  }

  const forgetKept = (one) => keep(kept().filter((other) => other.key !== one.key));

  /* going on before everything has arrived */

  function letGo() {
    const [waiting, submitter] = held;
    held = null;
    document.getElementById(words.wait).hidden = true;
    waiting.requestSubmit(submitter);
  }

  document.addEventListener(
    "submit",
    (event) => {
      if (!isBusy || !("afterUpload" in event.target.dataset) || held?.[0] === event.target) return;
      event.preventDefault();
      held = [event.target, event.submitter];
      document.getElementById(words.wait).hidden = false;
    },
    true,
  );
  addEventListener("beforeunload", (event) => isBusy && event.preventDefault());

  /* what one does with it */

  function takeChosen(one) {
    add([...one.files]);
    one.value = "";
  }
  for (const one of [input, camera]) one.addEventListener("change", () => takeChosen(one));
  part("pick").addEventListener("click", () => input.click());
  part("shoot").addEventListener("click", () => camera.click());
  for (const name of ["dragover", "dragleave", "drop"]) {
    addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); // beside the box too: else the browser leaves the page to show the file
      const isHere = box.contains(event.target);
      box.classList.toggle("over", isHere && name === "dragover");
      if (!isHere && name === "dragover") event.dataTransfer.dropEffect = "none";
      if (isHere && name === "drop") add([...event.dataTransfer.files]);
    });
  }
  box.addEventListener("submit", async (event) => {
    if (event.target === form || !("remove" in event.target.dataset)) return;
    event.preventDefault();
    try {
      await fetch(event.target.action, { method: "POST", credentials: "same-origin", body: new FormData(event.target) });
      await refresh();
      part("pick").focus();
    } catch {
      say(words.failed);
    }
  });
  box.classList.add("live");
  for (const one of kept()) showCut(one);
  takeChosen(input); // what was chosen while this script was still on its way
  checkLater();
}

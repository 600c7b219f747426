/* Says when the connection goes and when it is back. What is sent without one stays on the page: an answer
   that never comes would take the page away. A browser may be wrong about the line, so a second press goes. */
export function connection(body) {
  const line = document.createElement("p");
  line.className = "offline";
  line.setAttribute("role", "status");
  line.hidden = true;
  body.append(line);

  addEventListener(
    "submit",
    (event) => {
      if (navigator.onLine || event.target.dataset.dared) return;
      event.target.dataset.dared = "yes";
      event.preventDefault();
      line.textContent = body.dataset.unsent;
      line.hidden = false;
    },
    true,
  );

  addEventListener("offline", () => {
    line.textContent = body.dataset.offline;
    line.hidden = false;
  });
  addEventListener("online", () => {
    line.textContent = body.dataset.online;
    setTimeout(() => (line.hidden = navigator.onLine), 4000);
  });
}

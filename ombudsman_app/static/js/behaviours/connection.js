/* Says when the connection goes and when it is back. */
export function connection(body) {
  const line = document.createElement("p");
  line.className = "offline";
  line.setAttribute("role", "status");
  line.hidden = true;
  body.append(line);

  addEventListener("offline", () => {
    line.textContent = body.dataset.offline;
    line.hidden = false;
  });
  addEventListener("online", () => {
    line.textContent = body.dataset.online;
    setTimeout(() => (line.hidden = navigator.onLine), 4000);
  });
}

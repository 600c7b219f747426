/* Asks the phone where it is and opens the list sorted by distance. About a hundred metres are enough. */
export function nearMe(line) {
  if (!navigator.geolocation || !isSecureContext) return;
  line.hidden = false;
  const button = line.querySelector("button");
  const label = button.querySelector("span");
  const words = label.textContent;
  label.setAttribute("role", "status");

  function go({ coords }) {
    const address = new URL(line.dataset.address, location.href);
    address.searchParams.set("lat", coords.latitude.toFixed(3));
    address.searchParams.set("lon", coords.longitude.toFixed(3));
    location.assign(address);
  }

  function stay() {
    label.textContent = line.dataset.refused;
    setTimeout(() => (label.textContent = words), 8000);
  }

  button.addEventListener("click", () => {
    label.textContent = line.dataset.asking;
    navigator.geolocation.getCurrentPosition(go, stay, { timeout: 15000, maximumAge: 300000 });
  });
}

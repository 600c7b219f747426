/* Asks the phone where it is and opens the list sorted by distance. About a hundred metres are enough. */
export function nearMe(line) {
  if (!navigator.geolocation || !isSecureContext) return;
  line.hidden = false;
  const said = line.querySelector('[role="status"]');

  function go({ coords }) {
    const address = new URL(line.dataset.address, location.href);
    address.searchParams.set("lat", coords.latitude.toFixed(3));
    address.searchParams.set("lon", coords.longitude.toFixed(3));
    location.assign(address);
  }

  line.querySelector("button").addEventListener("click", () => {
    said.textContent = line.dataset.asking;
    navigator.geolocation.getCurrentPosition(go, () => (said.textContent = line.dataset.refused), {
      timeout: 15000,
      maximumAge: 300000,
    });
  });
}

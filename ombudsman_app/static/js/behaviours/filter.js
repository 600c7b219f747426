/* Hides the choices that do not hold the typed words. `data-filters` names the list; words in any order. */
export function filter(box) {
  const items = [...document.getElementById(box.dataset.filters).children];
  const texts = items.map((item) => item.textContent.toLowerCase());
  const count = document.getElementById(box.dataset.count);
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/);
    let shown = 0;
    items.forEach((item, place) => {
      item.hidden = !words.every((word) => texts[place].includes(word)) && !item.querySelector(":checked");
      shown += !item.hidden;
    });
    if (count) count.textContent = count.dataset.found.replace("{count}", shown);
  });
}

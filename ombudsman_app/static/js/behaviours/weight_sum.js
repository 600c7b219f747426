/* Says while one types what the weights make together. The server counts again when they are saved. */

const WHOLE_WEIGHT = 1000000; // 100, in ten-thousandths

/* Hundredths of a hundredth, so that 0.1 and 0.2 make 0.3; null for what is no number. */
function tenThousandths(text) {
  const found = text.trim().replace(",", ".").match(/^(\d{1,3})(?:\.(\d{1,4}))?$/);
  return found ? Number(found[1]) * 10000 + Number((found[2] ?? "").padEnd(4, "0")) : null;
}

export default function weightSum(form) {
  const boxes = [...form.querySelectorAll("ol input")];
  const says = form.querySelector("[data-part=says]");
  const written = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 4 });

  function count() {
    const weights = boxes.filter((box) => box.value.trim()).map((box) => tenThousandths(box.value));
    if (weights.includes(null)) {
      says.textContent = form.dataset.unread;
      return;
    }
    const sum = weights.reduce((all, one) => all + one, 0);
    const rest = WHOLE_WEIGHT - sum;
    const words = rest === 0 ? form.dataset.whole : rest > 0 ? form.dataset.missing : form.dataset.over;
    says.textContent = words
      .replace("{sum}", written.format(sum / 10000))
      .replace("{rest}", written.format(Math.abs(rest) / 10000));
  }

  form.addEventListener("input", count);
  count();
}

/* Finds `data-behaviour="name name"` and calls the functions of these names with the element, once. */
const known = {};
const bound = new WeakSet();

export function behaviours(functions) {
  Object.assign(known, functions);
  bind(document);
}

export function bind(root) {
  for (const element of [root, ...root.querySelectorAll("[data-behaviour]")]) {
    if (bound.has(element) || !element.dataset?.behaviour) continue;
    bound.add(element);
    for (const name of element.dataset.behaviour.split(" ")) known[name]?.(element);
  }
}

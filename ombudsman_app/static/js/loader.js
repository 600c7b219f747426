/* Finds `data-behaviour="name name"` and calls the functions of these names with the element, once.

   What few pages have is no part of the face's file: the element says from where it comes
   (`data-script`, components/upload.html), and it is bound when it has arrived. */
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
    if (element.dataset.script) fetchFor(element);
  }
}

async function fetchFor(element) {
  let part;
  try {
    part = await import(element.dataset.script);
  } catch {
    bound.delete(element); // the line is away: until it is back the page works as without scripts
    return;
  }
  part.default(element, bind);
}

/* What this browser remembers of how somebody works: never answers, never cases. Where a browser keeps
   nothing, nothing is remembered. */
export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {} // full or forbidden
}

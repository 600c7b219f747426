/* SHA-256 (FIPS 180-4) for pages without crypto.subtle: plain http on the local network, old phones. */

const ROUNDS = 64;
const BLOCK_BYTES = 64;

function fractions(root) {
  const found = [];
  for (let candidate = 2; found.length < ROUNDS; candidate++) {
    if (found.some(([prime]) => candidate % prime === 0)) continue;
    const value = root(candidate);
    found.push([candidate, Math.floor((value - Math.floor(value)) * 2 ** 32)]);
  }
  return found.map(([, bits]) => bits);
}

export function sha256(bytes) {
  const constants = fractions(Math.cbrt);
  const state = fractions(Math.sqrt).slice(0, 8);
  const words = new Uint32Array(ROUNDS);
  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  function take(view, at) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < ROUNDS; i++) {
      const [a, b] = [words[i - 15], words[i - 2]];
      const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
      const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
      words[i] = words[i - 16] + s0 + words[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < ROUNDS; i++) {
      const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + words[i]) | 0;
      const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] + word) | 0));
  }

  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += BLOCK_BYTES) take(view, at);

  const rest = bytes.length - whole;
  const last = new Uint8Array(rest < 56 ? BLOCK_BYTES : 2 * BLOCK_BYTES);
  last.set(bytes.subarray(whole));
  last[rest] = 0x80;
  const end = new DataView(last.buffer);
  end.setUint32(last.length - 8, Math.floor(bytes.length / 2 ** 29));
  end.setUint32(last.length - 4, (bytes.length << 3) >>> 0);
  for (let at = 0; at < last.length; at += BLOCK_BYTES) take(end, at);

  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

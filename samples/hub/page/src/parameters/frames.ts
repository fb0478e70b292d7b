// Frames as artists write them: "1-50x5", "42,78-102". Pure; as the runtime reads them.

export const mostFrames = 1_000_000;
const range = /^\s*(-?\d{1,15})(?:\s*-\s*(-?\d{1,15})(?:\s*x\s*(\d{1,15}))?)?\s*$/;

/** How many frames `text` names; null where it is none. */
export function countFrames(text: string): number | null {
  if (text.trim() === '') return 0;
  let count = 0;
  for (const part of text.split(',')) {
    const found = range.exec(part);
    if (!found) return null;
    const first = Number(found[1]);
    const last = found[2] === undefined ? first : Number(found[2]);
    const step = found[3] === undefined ? 1 : Number(found[3]);
    if (step < 1) return null;
    count += Math.floor(Math.abs(last - first) / step) + 1;
    if (count > mostFrames) return null;
  }
  return count;
}

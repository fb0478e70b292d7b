// Acknowledgements, as WIRE has them: {"status": 200 | 400, "msg": "..."}.

/** @typedef {{status: number, msg: string, data?: unknown}} Answer */

/** Thrown by whoever looks at a payload; its message is for the one who sent it. */
export class Refusal extends Error {}

/** @returns {Answer} */
export const accepted = (msg, more = {}) => ({ status: 200, msg, ...more });

/** @returns {Answer} */
export const refused = (msg) => ({ status: 400, msg });

/** Names in sentences may come from anybody: they are cut, and have no control characters, nor halves of characters. */
export const quoted = (name) => {
  const text = typeof name === 'string' ? name : (JSON.stringify(name) ?? String(name));
  return `"${text.slice(0, 80).replace(/[\p{Cc}\p{Surrogate}]/gu, '?')}"`;
};

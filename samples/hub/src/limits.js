// How much the hub keeps, takes and answers. Each is an option of createHub() under `limits`.

/**
 * @typedef {object} Limits
 * @property {number} connections Engine.IO connections at once; further ones are refused.
 * @property {number} messageBytes One message; a larger one ends its connection.
 * @property {number} depth Objects and lists within one another, in one payload.
 * @property {number} eventsPerSecond What one connection may say in the long run ...
 * @property {number} eventBurst ... and at once, as after a reconnect. What is beyond is refused with 400.
 * @property {number} bytesPerSecond The same in bytes. What is beyond ends the connection.
 * @property {number} byteBurst
 * @property {number} backlogBytes What may wait for a client that does not read; then it is dropped.
 * @property {number} uuidsPerConnection Contexts that one connection may speak for.
 * @property {number} contexts
 * @property {number} contextBytes One context.
 * @property {number} actionsPerHost
 * @property {number} actionBytes One action, with its logs.
 * @property {number} totalBytes All actions and contexts together.
 */

/** @type {Readonly<Limits>} */
export const defaultLimits = Object.freeze({
  connections: 1000,
  messageBytes: 8 << 20,
  depth: 64,
  eventsPerSecond: 5000,
  eventBurst: 50_000,
  bytesPerSecond: 32 << 20,
  byteBurst: 256 << 20,
  backlogBytes: 64 << 20,
  uuidsPerConnection: 16,
  contexts: 500,
  contextBytes: 1 << 20,
  actionsPerHost: 1000,
  actionBytes: 16 << 20,
  totalBytes: 256 << 20,
});

// What comes in as JSON: looked at before anything is done with it, and merged as WIRE says.
import { Refusal, quoted } from './answer.js';

/** Keys with which a careless merge, here or in a page, would change every object's prototype. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

export const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const isPlain = (value) => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const keyBytes = (key) => key.length + 4;

function sizeOfObject(value, depth) {
  if (!isPlain(value)) throw new Refusal('binary data is not allowed here: send JSON');
  let bytes = 2;
  for (const key of Object.keys(value)) {
    if (forbidden.has(key)) throw new Refusal(`the key ${quoted(key)} is not allowed: rename it`);
    bytes += keyBytes(key) + sizeOf(value[key], depth - 1);
  }
  return bytes;
}

/**
 * About the bytes that `value` takes as JSON.
 * @param {unknown} value
 * @param {number} depth Levels that may still follow.
 * @throws {Refusal} for what is nested deeper, is no JSON, or has a key that is not allowed.
 */
export function sizeOf(value, depth) {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || typeof value !== 'object') return 8;
  if (depth <= 0) throw new Refusal('the payload is nested too deeply: flatten it');
  if (!Array.isArray(value)) return sizeOfObject(value, depth);
  let bytes = 2;
  for (const item of value) bytes += 1 + sizeOf(item, depth - 1);
  return bytes;
}

/** By how many bytes (see sizeOf) merge(into, diff) makes `into` larger; changes nothing. */
export function growth(into, diff, depth) {
  let bytes = 0;
  for (const key of Object.keys(diff)) {
    const value = diff[key];
    if (!Object.hasOwn(into, key)) bytes += keyBytes(key) + sizeOf(value, depth - 1);
    else if (isObject(value) && isObject(into[key])) bytes += growth(into[key], value, depth - 1);
    else bytes += sizeOf(value, depth - 1) - sizeOf(into[key], depth - 1);
  }
  return bytes;
}

/**
 * Objects merge, everything else replaces, nothing is ever removed. `into` keeps no object of `diff`, so that one
 * diff can be merged into several; lists are shared, for they are never changed.
 * @returns `into`
 */
export function merge(into, diff) {
  for (const key of Object.keys(diff)) {
    const value = diff[key];
    if (!isObject(value)) into[key] = value;
    else into[key] = merge(Object.hasOwn(into, key) && isObject(into[key]) ? into[key] : {}, value);
  }
  return into;
}

/** A uuid, or whatever else names a context or an action. */
export function requireUuid(value, what) {
  if (value === undefined || value === null || value === '') throw new Refusal(`${what} has no uuid`);
  if (typeof value !== 'string' || value.length > 128 || forbidden.has(value)) {
    throw new Refusal(`${what} has ${quoted(value)} as its uuid: it must be a text of 1 to 128 characters`);
  }
  return value;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merge } from '../src/state/merge.ts';

test('objects merge key by key, lists and everything else replace, nothing is removed', () => {
  const known = { a: { b: 1, list: [1, 2, 3] }, c: 'x' };
  merge(known, { a: { list: [4], d: { e: 2 } }, c: { f: 1 } });
  assert.deepEqual(known, { a: { b: 1, list: [4], d: { e: 2 } }, c: { f: 1 } });
});

test('null is a value', () => {
  assert.deepEqual(merge({ progress: 50 }, { progress: null }), { progress: null });
});

test('the key __proto__ is a key as any other', () => {
  const known = {};
  merge(known, JSON.parse('{"__proto__": {"polluted": 1}, "a": {"__proto__": {"polluted": 1}}}'));
  merge(known, JSON.parse('{"__proto__": {"more": 2}}'));
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  assert.equal(Object.getPrototypeOf(known), Object.prototype);
  assert.deepEqual(Object.getOwnPropertyDescriptor(known, '__proto__')?.value, { polluted: 1, more: 2 });
});

test('a key that every object inherits is not taken for a known one', () => {
  const known = merge({}, { constructor: { prototype: { x: 1 } }, toString: { a: 1 } });
  assert.deepEqual(Object.keys(known), ['constructor', 'toString']);
  assert.equal(({} as Record<string, unknown>)['x'], undefined);
});

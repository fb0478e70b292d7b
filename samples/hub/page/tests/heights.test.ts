import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heights, span } from '../src/list/heights.ts';

/** The same by adding up. */
const top = (heights: number[], index: number): number => heights.slice(0, index).reduce((sum, one) => sum + one, 0);

test('tops and rows are those that adding up gives, whatever changes', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 16807) % 2147483647) % below;
  for (const count of [0, 1, 2, 3, 17, 64, 100]) {
    const plain = Array.from({ length: count }, () => 10 + random(50));
    const heights = new Heights(count, (index) => plain[index]!);
    for (let round = 0; round < 200; round += 1) {
      if (count > 0) {
        const at = random(count);
        plain[at] = 1 + random(300);
        heights.set(at, plain[at]!);
      }
      assert.equal(heights.total, top(plain, count));
      const index = random(count + 1);
      assert.equal(heights.top(index), top(plain, index));
      const y = random(heights.total + 10);
      const there = plain.findIndex((_, row) => top(plain, row) <= y && y < top(plain, row + 1));
      assert.equal(heights.at(y), there >= 0 ? there : Math.max(0, count - 1));
    }
  }
});

test('what is drawn covers what is seen, and no more than a little beyond', () => {
  const heights = new Heights(2000, () => 40);
  const { first, end } = span(heights, 20_000, 800, 240);
  assert.ok(heights.top(first) <= 20_000 - 200 && heights.top(end) >= 20_800);
  assert.ok(end - first < 40);
  assert.deepEqual(span(new Heights(), 0, 800), { first: 0, end: 0 });
});

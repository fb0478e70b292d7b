// The heights of a long list's rows, of which only those that were seen are known: a Fenwick tree, so that where a row
// stands, and which row stands where, cost the logarithm of the list's length.

export class Heights {
  #heights: number[] = [];
  #tree: number[] = [0];

  constructor(count = 0, estimate: (index: number) => number = () => 0) {
    this.reset(count, estimate);
  }

  get count(): number {
    return this.#heights.length;
  }
  get total(): number {
    return this.top(this.count);
  }
  height(index: number): number {
    return this.#heights[index] ?? 0;
  }

  reset(count: number, estimate: (index: number) => number): void {
    this.#heights = Array.from({ length: count }, (_, index) => estimate(index));
    const tree = [0, ...this.#heights];
    for (let at = 1; at <= count; at += 1) {
      const parent = at + (at & -at);
      if (parent <= count) tree[parent]! += tree[at]!;
    }
    this.#tree = tree;
  }
  /** @returns by how much it changed */
  set(index: number, height: number): number {
    const change = height - this.height(index);
    if (index >= this.count || change === 0) return 0;
    this.#heights[index] = height;
    for (let at = index + 1; at <= this.count; at += at & -at) this.#tree[at]! += change;
    return change;
  }
  /** Where the row begins; that of `count` is where the list ends. */
  top(index: number): number {
    let sum = 0;
    for (let at = Math.min(index, this.count); at > 0; at -= at & -at) sum += this.#tree[at]!;
    return sum;
  }
  /** The row that stands at `y`; the first or the last one where none does. */
  at(y: number): number {
    let [index, rest] = [0, y];
    for (let size = 2 ** Math.floor(Math.log2(this.count || 1)); size >= 1; size /= 2) {
      const next = index + size;
      if (next > this.count || this.#tree[next]! > rest) continue;
      index = next;
      rest -= this.#tree[next]!;
    }
    return Math.max(0, Math.min(index, this.count - 1));
  }
}

export interface Span {
  first: number;
  end: number; // behind the last
}

/** The rows to be drawn for what is seen, and some beyond, so that there is something to be scrolled to. */
export function span(heights: Heights, scrollTop: number, viewport: number, beyond = 240): Span {
  if (heights.count === 0) return { first: 0, end: 0 };
  return { first: heights.at(Math.max(0, scrollTop - beyond)), end: heights.at(scrollTop + viewport + beyond) + 1 };
}

// Drafts that are not what they will be sent as: what the user has typed where a value may be of any type, and the pairs
// of a mapping, whose names may be empty, or the same, while they are typed.
import { isObject } from '../wire.ts';

/** Typed over a value of type "any". Where that was text, it stays text, whatever it looks like. */
export class Typed {
  constructor(readonly text: string, readonly isText: boolean) {}

  static over(draft: unknown, text: string): Typed {
    return new Typed(text, draft instanceof Typed ? draft.isText : typeof draft === 'string');
  }
  value(): unknown {
    if (this.isText) return this.text;
    try {
      return JSON.parse(this.text);
    } catch {
      return this.text;
    }
  }
}

export type Pair = readonly [name: string, draft: unknown];

/** In the order in which they are shown: an object would put names that look like numbers first. */
export class Pairs {
  constructor(readonly list: readonly Pair[]) {}

  static of(draft: unknown): readonly Pair[] {
    return draft instanceof Pairs ? draft.list : Object.entries(isObject(draft) ? draft : {});
  }
}

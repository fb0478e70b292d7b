// What a user typed, as the value that is sent: or one sentence that says what is wrong with it. Pure.
import { text } from '../wire.ts';
import { Pairs, Typed } from './draft.ts';
import { countFrames, mostFrames } from './frames.ts';
import type { Type } from './type.ts';

export type Checked = { value: unknown } | { error: string };

const whole = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const good = (value: unknown): Checked => ({ value });
const bad = (error: string): Checked => ({ error });
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

function checkWhole(value: unknown): Checked {
  if (typeof value === 'number' && Number.isInteger(value)) return good(value);
  const typed = text(value).trim();
  if (typed === '') return bad('Enter a whole number.');
  if (!whole.test(typed)) return bad(`"${typed}" is no whole number.`);
  if (!Number.isSafeInteger(Number(typed))) return bad(`${typed} is too large.`);
  return good(Number(typed));
}

function checkNumber(value: unknown): Checked {
  if (typeof value === 'number' && Number.isFinite(value)) return good(value);
  const typed = text(value).trim();
  if (typed === '') return bad('Enter a number.');
  if (!decimal.test(typed) || !Number.isFinite(Number(typed))) return bad(`"${typed}" is no number; write it as 0.25.`);
  return good(Number(typed));
}

function checkText(type: Type, value: unknown): Checked {
  const typed = text(value);
  const length = [...typed].length;
  if (type.longest !== null && length > type.longest) {
    return bad(`This has ${length} characters; at most ${type.longest} fit.`);
  }
  return good(typed);
}

/** `given` is what the host has sent: that is fine, and where it is something, none is fine too. */
function checkPath(type: Type, value: unknown, given?: unknown): Checked {
  const typed = text(value).trim();
  if (isGiven(given) && (typed === '' || same(value, given))) return good(typed);
  if (typed === '') return bad(type.directory ? 'Enter a folder.' : 'Enter a path.');
  const fits = type.extensions.some((one) => typed.toLowerCase().endsWith(`.${one.replace(/^\*?\./, '').toLowerCase()}`));
  if (type.extensions.length > 0 && !type.directory && !fits) {
    return bad(`This wants a file that ends in ${type.extensions.map((one) => `.${one.replace(/^\*?\./, '')}`).join(' or ')}.`);
  }
  return good(typed);
}

function checkEach(values: unknown, check: (value: unknown) => Checked): Checked {
  const all: unknown[] = [];
  for (const [index, value] of (Array.isArray(values) ? values : []).entries()) {
    const checked = check(value);
    if ('error' in checked) return bad(`Line ${index + 1}: ${checked.error}`);
    all.push(checked.value);
  }
  return good(all);
}

function checkPaths(type: Type, value: unknown, given: unknown): Checked {
  if (isGiven(given) && (same(value, given) || same(value, []))) return good(value);
  const paths = checkEach(value, (one) => checkPath(type, one));
  return 'value' in paths && (paths.value as unknown[]).length === 0 ? bad('Add at least one path.') : paths;
}

/** "any": what nobody has touched is what it was. */
const checkAny = (value: unknown): Checked => good(value instanceof Typed ? value.value() : value);

function checkRange(type: Type, value: unknown): Checked {
  const checked = checkNumber(value);
  if ('error' in checked) return checked;
  const number = checked.value as number;
  if (number < type.start || number > type.end) return bad(`${number} is not between ${type.start} and ${type.end}.`);
  return checked;
}

function checkDictionary(type: Type, value: unknown): Checked {
  const all = new Map<string, unknown>();
  for (const [index, [key, one]] of Pairs.of(value).entries()) {
    if (value instanceof Pairs && key === '') return bad(`Line ${index + 1} has no name.`);
    if (all.has(key)) return bad(`The name "${key}" is there twice.`);
    const checked = type.value ? check(type.value, one) : checkAny(one);
    if ('error' in checked) return bad(`"${key}": ${checked.error}`);
    all.set(key, checked.value);
  }
  return good(Object.fromEntries(all));
}

/** `value` is a draft, or what the host has sent; `given` is the latter where somebody may have touched it. */
export function check(type: Type, value: unknown, given?: unknown): Checked {
  switch (type.kind) {
    case 'str': return checkText(type, value);
    case 'task':
    case 'text': return good(text(value));
    case 'int': return checkWhole(value);
    case 'float': return checkNumber(value);
    case 'bool': return good(value === true);
    case 'Path':
    case 'task_file': return type.multiple ? checkPaths(type, value, given) : checkPath(type, value, given);
    case 'select':
    case 'radio_select':
      return type.choices.some((choice) => same(choice.value, value)) ? good(value) : bad('Choose one.');
    case 'multiple_select':
      return good((Array.isArray(value) ? value : []).filter((one) => type.choices.some((choice) => same(choice.value, one))));
    case 'range': return checkRange(type, value);
    case 'int_array': return checkEach(value, checkWhole);
    case 'list':
    case 'editable_list': return checkEach(value, (one) => (type.item ? check(type.item, one) : checkAny(one)));
    case 'dict': return checkDictionary(type, value);
    case 'FrameSet':
      return countFrames(text(value)) === null
        ? bad(`Write frames as 1-50x5 or 42,78-102; at most ${mostFrames.toLocaleString('en')} of them.`)
        : good(text(value).trim());
    case 'any': return checkAny(value);
  }
}

// What a user typed, as the value that is sent: or one sentence that says what is wrong with it. Pure.
import { isObject, text } from '../wire.ts';
import { countFrames, mostFrames } from './frames.ts';
import type { Type } from './type.ts';

export type Checked = { value: unknown } | { error: string };

const whole = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const good = (value: unknown): Checked => ({ value });
const bad = (error: string): Checked => ({ error });

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

function checkPath(type: Type, value: unknown): Checked {
  const typed = text(value).trim();
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

function checkPaths(type: Type, value: unknown): Checked {
  const paths = checkEach(value, (one) => checkPath(type, one));
  return 'value' in paths && (paths.value as unknown[]).length === 0 ? bad('Add at least one path.') : paths;
}

/** "any": what reads as JSON is that, everything else is text. */
function checkAny(value: unknown): Checked {
  if (typeof value !== 'string') return good(value);
  try {
    return good(JSON.parse(value));
  } catch {
    return good(value);
  }
}

function checkRange(type: Type, value: unknown): Checked {
  const checked = checkNumber(value);
  if ('error' in checked) return checked;
  const number = checked.value as number;
  if (number < type.start || number > type.end) return bad(`${number} is not between ${type.start} and ${type.end}.`);
  return checked;
}

function checkDictionary(type: Type, value: unknown): Checked {
  const all: [string, unknown][] = [];
  for (const [key, one] of Object.entries(isObject(value) ? value : {})) {
    const checked = type.value ? check(type.value, one) : checkAny(one);
    if ('error' in checked) return bad(`"${key}": ${checked.error}`);
    all.push([key, checked.value]);
  }
  return good(Object.fromEntries(all));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function check(type: Type, value: unknown): Checked {
  switch (type.kind) {
    case 'str': return checkText(type, value);
    case 'task':
    case 'text': return good(text(value));
    case 'int': return checkWhole(value);
    case 'float': return checkNumber(value);
    case 'bool': return good(value === true);
    case 'Path':
    case 'task_file': return type.multiple ? checkPaths(type, value) : checkPath(type, value);
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

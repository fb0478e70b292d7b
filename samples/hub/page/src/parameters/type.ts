// A parameter's type as it is on the wire, read so that nothing in it can surprise.
import { isObject, member, number, text, type Object_ } from '../wire.ts';

export type Kind =
  | 'any' | 'str' | 'int' | 'float' | 'bool' | 'Path' | 'task_file' | 'task' | 'select' | 'radio_select'
  | 'multiple_select' | 'range' | 'int_array' | 'list' | 'editable_list' | 'dict' | 'text' | 'FrameSet';

const kinds = new Set<string>([
  'any', 'str', 'int', 'float', 'bool', 'Path', 'task_file', 'task', 'select', 'radio_select', 'multiple_select',
  'range', 'int_array', 'list', 'editable_list', 'dict', 'text', 'FrameSet',
]);

export interface Choice {
  label: string;
  value: unknown;
}

export interface Type {
  kind: Kind;
  multiline: boolean;
  longest: number | null; // characters
  extensions: string[];
  multiple: boolean;
  directory: boolean;
  choices: Choice[];
  start: number;
  end: number;
  increment: number;
  marks: boolean;
  markCount: number | null;
  valueLabel: string;
  size: number;
  item: Type | null;
  value: Type | null;
  color: string;
  progress: number | null;
}

const mostParts = 8; // types within types

/** `declaration` is "int" or {name: "range", ...}. What is not known is "any". */
export function readType(declaration: unknown, depth = 0): Type {
  const its: Object_ = isObject(declaration) ? declaration : { name: declaration };
  const name = text(its['name']);
  const kind = (kinds.has(name) ? name : 'any') as Kind;
  const part = (key: string): Type | null => (depth < mostParts ? readType(its[key] ?? 'str', depth + 1) : null);
  const longest = number(its['maxLenght'], -1);
  const marks = number(its['n_marks'], -1);
  return {
    kind,
    multiline: its['multiline'] === true,
    longest: longest >= 0 ? longest : null,
    extensions: Array.isArray(its['extensions']) ? its['extensions'].map((one) => text(one)).filter((one) => one && one !== '*') : [],
    multiple: its['multiple'] === true,
    directory: its['directory'] === true,
    choices: choicesOf(its['options']),
    start: number(its['start'], 0),
    end: number(its['end'], 100),
    increment: Math.abs(number(its['increment'], 1)) || 1,
    marks: its['marks'] === true,
    markCount: marks >= 2 ? Math.min(marks, 50) : null,
    valueLabel: text(its['value_label']),
    size: Math.min(64, Math.max(0, number(its['size'], 0))),
    item: kind === 'list' || kind === 'editable_list' ? part('itemType') : null,
    value: kind === 'dict' ? part('value') : null,
    color: text(its['color']),
    progress: typeof its['progress'] === 'number' ? its['progress'] : null,
  };
}

/** {label: value}, or a list of values. */
function choicesOf(options: unknown): Choice[] {
  if (Array.isArray(options)) return options.map((value) => ({ label: text(value, JSON.stringify(value)), value }));
  return isObject(options) ? Object.keys(options).map((label) => ({ label, value: member(options, label) })) : [];
}

/** What a control begins with where the value is null. */
export function emptyValue(type: Type): unknown {
  switch (type.kind) {
    case 'bool': return false;
    case 'range': return type.start;
    case 'select':
    case 'radio_select': return type.choices[0]?.value ?? null;
    case 'multiple_select': return type.choices.slice(0, 1).map(({ value }) => value);
    case 'int_array': return Array.from({ length: type.size }, () => 0);
    case 'list':
    case 'editable_list': return [];
    case 'dict': return {};
    case 'Path':
    case 'task_file': return type.multiple ? [] : '';
    case 'any': return null;
    default: return '';
  }
}

// What hosts and hub say, as it arrives: from anybody, so nothing in it can be relied upon to be there or to be of its
// type. Read it through text(), entries() and their like.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Object_ = { [key: string]: unknown };

export const Status = {
  completed: 0, initialized: 1, waiting: 2, processing: 3, invalid: 4, error: 5,
} as const;
export const Execution = { pause: 0, forward: 1, backward: 2 } as const;

export const isObject = (value: unknown): value is Object_ =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const text = (value: unknown, otherwise = ''): string =>
  typeof value === 'string' ? value
  : typeof value === 'number' || typeof value === 'boolean' ? String(value)
  : otherwise;

export const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

/** The members that are objects themselves; none where `value` is no object. */
export function entries(value: unknown): [string, Object_][] {
  if (!isObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, Object_] => isObject(entry[1]));
}

export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export const labelOf = (part: unknown, name: string): string => text(member(part, 'label')) || name;

export interface LogLine {
  level: string;
  message: string;
}

export function logsOf(command: unknown): LogLine[] {
  const logs = member(command, 'logs');
  if (!Array.isArray(logs)) return [];
  return logs.filter(isObject).map((line) => ({ level: text(line['level'], 'INFO'), message: text(line['message']) }));
}

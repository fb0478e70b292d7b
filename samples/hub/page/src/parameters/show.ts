// A value as text, for reading.
import { text } from '../wire.ts';
import type { Type } from './type.ts';

export function show(type: Type, value: unknown): string {
  if (value === null || value === undefined) return '–';
  const choice = type.choices.find((one) => JSON.stringify(one.value) === JSON.stringify(value));
  if (choice) return choice.label;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.length ? value.map((one) => show(type, one)).join(', ') : 'none';
  if (typeof value === 'object') return JSON.stringify(value);
  return text(value) || '–';
}

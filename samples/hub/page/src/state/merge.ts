// How a diff goes into what is known: objects merge, everything else replaces, nothing is removed.
import { isObject, type Object_ } from '../wire.ts';

/** An ordinary assignment to "__proto__" would change the object's prototype. */
function put(object: Object_, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Takes `diff` over: the caller must not use its parts afterwards. Costs what the diff costs, whatever `into` holds. */
export function merge(into: Object_, diff: Object_): Object_ {
  for (const key of Object.keys(diff)) {
    const value = diff[key];
    const known = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isObject(known) && isObject(value)) merge(known, value);
    else put(into, key, value);
  }
  return into;
}

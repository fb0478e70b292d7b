// What the page shows: it stands in the address, so that the browser's Back and links work.
import { signal } from '@preact/signals';

export type Place = { kind: 'none' } | { kind: 'action' | 'host'; uuid: string };

function read(): Place {
  const found = /^#(action|host)\/(.+)$/.exec(location.hash);
  if (!found) return { kind: 'none' };
  try {
    return { kind: found[1] as 'action' | 'host', uuid: decodeURIComponent(found[2] ?? '') };
  } catch {
    return { kind: 'none' };
  }
}

export const place = signal<Place>({ kind: 'none' });

export const addressOf = (to: Place): string => (to.kind === 'none' ? '#' : `#${to.kind}/${encodeURIComponent(to.uuid)}`);

export function go(to: Place): void {
  if (addressOf(to) !== location.hash) history.pushState(null, '', addressOf(to));
  place.value = read();
}

export function watchAddress(): void {
  place.value = read();
  addEventListener('popstate', () => (place.value = read()));
  addEventListener('hashchange', () => (place.value = read()));
}

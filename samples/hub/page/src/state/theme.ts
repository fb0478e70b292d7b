// Dark or light: as the system has it, unless the user says otherwise.
import { signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';
const key = 'silex.theme';

function read(): Theme {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

export const theme = signal<Theme>('auto');

export function setTheme(to: Theme): void {
  theme.value = to;
  document.documentElement.dataset['theme'] = to;
  try {
    localStorage.setItem(key, to);
  } catch {
    // It holds until the page is closed.
  }
}
export function applyTheme(): void {
  setTheme(read());
}

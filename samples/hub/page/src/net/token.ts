// The hub's token, where it wants one: it comes behind the address's #, which no server sees, and stays in this tab.
const key = 'silex.token';

export function token(): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return kept;
  }
}
let kept = '';

export function keepToken(value: string): void {
  kept = value;
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing: it is asked for again after a reload.
  }
}
export function forgetToken(): void {
  kept = '';
  try {
    sessionStorage.removeItem(key);
  } catch {
    // as above
  }
}

/** Takes it out of the address, so that nobody copies it with it. @returns whether there was one */
export function takeTokenFromAddress(): boolean {
  const found = /^#token=([^&]+)$/.exec(location.hash);
  if (!found) return false;
  keepToken(decodeURIComponent(found[1] ?? ''));
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

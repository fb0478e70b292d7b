// The hub wants its token.
import { useState } from 'preact/hooks';
import { connectNow } from '../net/link.ts';
import { keepToken } from '../net/token.ts';

export function Locked({ why }: { why: string }) {
  const [typed, setTyped] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    keepToken(typed.trim());
    connectNow();
  };
  return (
    <main class="main" id="main" tabIndex={-1}>
      <form class="empty locked" onSubmit={submit}>
        <h1 class="empty-title">This hub is locked</h1>
        <p>Open the page with <code>silex hub</code>, which knows the token, or enter it here. It stands in the hub's token file.</p>
        <label class="field-label" for="token">Token</label>
        <input class="line mono" id="token" type="password" autocomplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} aria-describedby="token-why" />
        <p class="quiet" id="token-why">{why}</p>
        <button type="submit" class="primary" disabled={!typed.trim()}>Unlock</button>
      </form>
    </main>
  );
}

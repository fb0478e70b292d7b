// The page's head: the hub's state, what needs the user, launching, the theme.
import { link } from '../net/link.ts';
import { duration, seconds } from '../state/clock.ts';
import { go } from '../state/place.ts';
import { store } from '../state/store.ts';
import { setTheme, theme, type Theme } from '../state/theme.ts';
import { Icon } from './Icon.tsx';
import { openLaunch } from './Launch.tsx';

const nextTheme: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };
const themeNames: Record<Theme, string> = { auto: 'as the system has it', light: 'light', dark: 'dark' };

export function TopBar() {
  return (
    <header class="top">
      <a class="brand" href="#" onClick={(event) => { event.preventDefault(); go({ kind: 'none' }); }}>
        <Mark /> Silex
      </a>
      <LinkState />
      <span class="spring" />
      <NeedsYou />
      <button type="button" class="primary" onClick={() => openLaunch()}>
        <Icon name="launch" /><span>Launch<span class="wide-only"> an action</span></span>
      </button>
      <button type="button" class="bare" aria-label={`Theme: ${themeNames[theme.value]}`} title={`Theme: ${themeNames[theme.value]}`}
        onClick={() => setTheme(nextTheme[theme.value])}>
        <Icon name={theme.value} />
      </button>
    </header>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="mark-1" d="M16 2 29 12 24 28 9 30 3 14z" /><path class="mark-2" d="M16 2 29 12 17 15z" /><path class="mark-3" d="M17 15 24 28 9 30z" />
    </svg>
  );
}

function LinkState() {
  store.lists.value;
  const { state } = link.value;
  const here = [...store.hosts.values()].filter((host) => !host.goneSince).length;
  const said = state === 'connected' ? (here === 1 ? '1 host' : `${here} hosts`)
    : state === 'connecting' ? 'Connecting' : state === 'locked' ? 'Locked' : 'Hub away';
  return <span class={`link-state tone-${state === 'connected' ? 'live' : 'wait'}`} role="status"><i class="dot" />{said}</span>;
}

function NeedsYou() {
  store.lists.value;
  const waiting = store.waiting();
  const first = waiting[0];
  if (!first) return null;
  const next = () => {
    // The one after that which is looked at, so that pressing again goes through all of them.
    const at = waiting.findIndex(({ uuid }) => location.hash.endsWith(encodeURIComponent(uuid)));
    go({ kind: 'action', uuid: waiting[(at + 1) % waiting.length]!.uuid });
  };
  return (
    <button type="button" class="attention" aria-label={waiting.length === 1 ? '1 needs you' : `${waiting.length} need you`} onClick={next}>
      <Icon name="question" /><span class="tabular">{waiting.length}<span class="wide-only"> {waiting.length === 1 ? 'needs you' : 'need you'}</span></span>
    </button>
  );
}

/** Below the head, while the hub is away. */
export function AwayBanner({ retry }: { retry: () => void }) {
  const now = link.value;
  if (now.state !== 'away') return null;
  const left = now.retryAt - seconds.value;
  return (
    <div class="banner tone-wait" role="status">
      <Icon name="gone" />
      <p>
        <strong>The hub is away.</strong> What you see is how it was.{' '}
        <span class="tabular">{left > 0 ? `The next attempt is in ${duration(left)}.` : 'Trying now.'}</span>
      </p>
      <button type="button" onClick={retry}>Try now</button>
    </div>
  );
}

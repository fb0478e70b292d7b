// The page: hosts and actions on the left, on the right that which was chosen.
import { connectNow, link } from '../net/link.ts';
import { place } from '../state/place.ts';
import { store } from '../state/store.ts';
import { ActionView } from './ActionView.tsx';
import { HostView } from './HostView.tsx';
import { Launch } from './Launch.tsx';
import { Locked } from './Locked.tsx';
import { Notices } from './Notices.tsx';
import { Question } from './Question.tsx';
import { SideBar } from './SideBar.tsx';
import { AwayBanner, TopBar } from './TopBar.tsx';

export function App() {
  const { kind } = place.value;
  const now = link.value;
  return (
    <div class={`page ${kind === 'none' ? 'at-list' : 'at-one'} ${now.state === 'away' ? 'is-away' : ''}`}>
      <a class="skip-link" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>To the main part</a>
      <TopBar />
      <AwayBanner retry={connectNow} />
      {now.state === 'locked' ? <Locked why={now.why} /> : <main class="columns"><SideBar /><Main /></main>}
      <Launch />
      <Question />
      <Notices />
    </div>
  );
}

function Main() {
  store.lists.value;
  const here = place.value;
  const action = here.kind === 'action' ? store.actions.get(here.uuid) : undefined;
  const host = here.kind === 'host' ? store.hosts.get(here.uuid) : undefined;
  return (
    <div class="main" id="main" tabIndex={-1}>
      {action ? <ActionView key={action.uuid} action={action} /> : host ? <HostView key={host.uuid} host={host} /> : <Nothing isMissing={here.kind !== 'none'} />}
    </div>
  );
}

function Nothing({ isMissing }: { isMissing: boolean }) {
  if (link.value.state === 'connecting') return <div class="empty"><p class="quiet">Asking the hub …</p></div>;
  const hasActions = [...store.actions.values()].some((action) => !action.ended);
  return (
    <div class="empty">
      <p class="empty-title">{isMissing ? 'It is not here any more' : hasActions ? 'Choose an action' : store.hosts.size ? 'Nothing runs' : 'Waiting for a host'}</p>
      <p>{hasActions || isMissing ? 'Its steps, its log and what it takes of its host appear here.'
        : store.hosts.size ? 'Launch an action, or start one in a host: it appears here as soon as it does.'
        : 'Actions appear here, step by step, as soon as a program with Silex connects to this hub.'}</p>
    </div>
  );
}

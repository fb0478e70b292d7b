// The hosts, and below each its actions.
import { signal, useComputed } from '@preact/signals';
import { VirtualList } from '../list/VirtualList.tsx';
import type { LiveAction } from '../state/action.ts';
import { duration, seconds } from '../state/clock.ts';
import type { Host } from '../state/host.ts';
import { addressOf, go, place } from '../state/place.ts';
import { store } from '../state/store.ts';
import { text } from '../wire.ts';
import { Progress, Sign } from './Badge.tsx';
import { Icon } from './Icon.tsx';
import { hostLooks, phaseLooks } from './status.ts';

const filter = signal('');
type Entry = { key: string; host: Host } | { key: string; action: LiveAction };

function visible(): Entry[] {
  store.lists.value;
  const wanted = filter.value.trim().toLowerCase();
  const all: Entry[] = [];
  for (const host of store.sortedHosts()) {
    const isWanted = `${host.name} ${host.dcc} ${text(host.context['user'])} ${text(host.context['project'])}`.toLowerCase().includes(wanted);
    const actions = store.actionsOf(host.uuid).filter((action) => isWanted || action.label.toLowerCase().includes(wanted));
    if (!isWanted && actions.length === 0) continue;
    all.push({ key: `h ${host.uuid}`, host }, ...actions.map((action) => ({ key: `a ${action.uuid}`, action })));
  }
  return all;
}

export function SideBar() {
  const all = useComputed(visible).value;
  const chosen = place.value;
  return (
    <nav class="side" aria-label="Hosts and actions">
      {chosen.kind === 'none' && <h1 class="unseen">Hosts and actions</h1>}
      <div class="search">
        <Icon name="search" />
        <input type="search" aria-label="Filter hosts and actions" placeholder="Filter hosts and actions" value={filter.value}
          onInput={(event) => (filter.value = event.currentTarget.value)} />
      </div>
      {store.hosts.size === 0 ? <NoHosts /> : all.length === 0 ? <p class="empty-note">Nothing is called like that.</p> : (
        <VirtualList label="Hosts and actions" class="side-list" count={all.length} identity={all} keyOf={(index) => all[index]!.key}
          estimate={(index) => ('host' in all[index]! ? 60 : 46)}
          show={chosen.kind === 'none' ? undefined : `${chosen.kind[0]} ${chosen.uuid}`}
          row={(index) => {
            const entry = all[index]!;
            return 'host' in entry ? <HostEntry host={entry.host} /> : <ActionEntry action={entry.action} />;
          }} />
      )}
    </nav>
  );
}

function NoHosts() {
  return (
    <div class="empty-note">
      <p>No host is connected.</p>
      <p>Start Maya, Houdini or Blender with Silex, or run an action in a terminal:</p>
      <code>silex action NAME --url {location.origin.replace(/^http/, 'ws')}</code>
    </div>
  );
}

function link(kind: 'host' | 'action', uuid: string) {
  const here = place.value.kind === kind && place.value.uuid === uuid;
  return {
    href: addressOf({ kind, uuid }),
    'aria-current': here ? ('page' as const) : undefined,
    onClick: (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ kind, uuid });
    },
  };
}

function HostEntry({ host }: { host: Host }) {
  host.version.value;
  const stall = host.worst;
  const who = [host.dcc, text(host.context['project']), text(host.context['user'])].filter(Boolean).join(' · ');
  return (
    <a class={`entry host-entry ${host.state}`} {...link('host', host.uuid)}>
      <Sign look={hostLooks[host.state]} />
      <span class="entry-text">
        <span class="entry-label">{host.name}</span>
        <span class="entry-sub">
          {host.state === 'gone' ? <>gone for <Since at={host.goneSince} /></>
            : stall ? <>{stall.kind === 'loop' ? 'loop' : 'main thread'} held <Since at={stall.since} />{stall.name && ` by ${stall.name}`}</>
            : who}
        </span>
      </span>
    </a>
  );
}

export function Since({ at }: { at: number }) {
  return <span class="tabular">{duration(seconds.value - at)}</span>;
}

function ActionEntry({ action }: { action: LiveAction }) {
  action.version.value;
  const look = phaseLooks[action.phase];
  const { done, total, fraction } = action.summary();
  const shows = !action.ended && action.phase !== 'completed';
  return (
    <a class={`entry action-entry ${action.ended ? 'ended' : ''}`} {...link('action', action.uuid)}>
      <Sign look={look} />
      <span class="entry-text">
        <span class="entry-label">{action.label}</span>
        {shows ? <Progress fraction={fraction} tone={look.tone} label={`Progress of ${action.label}`} />
          : <span class="entry-sub">{action.ended || look.label}</span>}
      </span>
      <span class="entry-count tabular">{total > 0 && `${done}/${total}`}</span>
    </a>
  );
}

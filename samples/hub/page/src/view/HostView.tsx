// One host: who it is, how it is, what it was warned of.
import { addressOf, go } from '../state/place.ts';
import { timeOfDay } from '../state/clock.ts';
import type { Host, Warning } from '../state/host.ts';
import { store } from '../state/store.ts';
import { text } from '../wire.ts';
import { TimelineView } from '../timeline/TimelineView.tsx';
import { BackLink } from './ActionView.tsx';
import { Badge } from './Badge.tsx';
import { Icon } from './Icon.tsx';
import { openLaunch } from './Launch.tsx';
import { Since } from './SideBar.tsx';
import { StallBanner } from './StallBanner.tsx';
import { hostLooks, phaseLooks } from './status.ts';

const facts: [string, string][] = [
  ['dcc', 'Program'], ['project', 'Project'], ['task', 'Task'], ['user', 'User'], ['pid', 'Process'], ['uuid', 'Id'],
];

export function HostView({ host }: { host: Host }) {
  host.version.value;
  store.lists.value;
  const actions = store.actionsOf(host.uuid);
  const isGone = host.state === 'gone';
  return (
    <article class="host-view" aria-label={host.name}>
      <header class="view-head">
        <div class="crumbs"><BackLink /></div>
        <div class="title-line"><h1>{host.name}</h1><Badge look={hostLooks[host.state]} /></div>
        <dl class="facts">
          {facts.map(([key, label]) => {
            const value = text(host.context[key]);
            return value && <div key={key}><dt>{label}</dt><dd class={key === 'pid' || key === 'uuid' ? 'tabular' : ''}>{value}</dd></div>;
          })}
        </dl>
        <div class="controls">
          <button type="button" disabled={isGone} onClick={() => openLaunch(host.uuid)}><Icon name="launch" /> Launch an action here</button>
          {isGone && <button type="button" onClick={() => { store.forgetHost(host.uuid); go({ kind: 'none' }); }}><Icon name="close" /> Remove from the list</button>}
        </div>
      </header>
      {isGone && (
        <div class="banner tone-quiet" role="status">
          <Icon name="gone" />
          <p><strong>It is gone for <Since at={host.goneSince} />.</strong> It tries again by itself, as long as it runs, and brings its actions back with it.</p>
        </div>
      )}
      <StallBanner host={host} />
      <div class="host-body">
        <section aria-labelledby="host-actions">
          <h2 id="host-actions">Actions</h2>
          {actions.length === 0 ? <p class="quiet">It runs none. Launch one here, or start one in the program itself.</p> : (
            <ul class="host-actions">
              {actions.slice(0, 30).map((action) => {
                action.version.value;
                const to = { kind: 'action', uuid: action.uuid } as const;
                return (
                  <li key={action.uuid}>
                    <a href={addressOf(to)} onClick={(event) => { event.preventDefault(); go(to); }}>{action.label}</a>
                    <Badge look={phaseLooks[action.phase]} />
                  </li>
                );
              })}
            </ul>
          )}
        </section>
        <section aria-labelledby="host-timeline">
          <h2 id="host-timeline">Timeline</h2>
          <TimelineView host={host} />
        </section>
        <section aria-labelledby="host-warnings">
          <h2 id="host-warnings">Warnings</h2>
          {host.warnings.length === 0 ? <p class="quiet">None. Nothing has held it up since this page was opened.</p> : (
            <ol class="warnings">{host.warnings.slice(0, 30).map((warning) => <WarningLine key={warning.number} warning={warning} />)}</ol>
          )}
        </section>
      </div>
    </article>
  );
}

const warningNames: Record<string, string> = {
  loopStalled: 'Loop held', loopResumed: 'Loop free again', slowCall: 'Slow call', hostBusy: 'Host busy',
  hostResponsive: 'Host back', hostGone: 'Host gone', reconnected: 'Reconnected',
};

function WarningLine({ warning }: { warning: Warning }) {
  const isGood = ['loopResumed', 'hostResponsive', 'reconnected'].includes(warning.type);
  return (
    <li class={`tone-${isGood ? 'fine' : 'wait'}`}>
      <span class="log-time tabular">{timeOfDay(warning.at)}</span>
      <span class="warning-kind"><Icon name={isGood ? 'check' : 'warning'} />{warningNames[warning.type] ?? warning.type}</span>
      <span class="warning-text">{warning.name && <q>{warning.name}</q>} <span class="tabular">{warning.seconds.toFixed(2)} s</span> {warning.message}</span>
    </li>
  );
}

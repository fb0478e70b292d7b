// One action: what it is doing, what can be done with it, its steps, its log, what it takes of its host.
import { signal } from '@preact/signals';
import { link } from '../net/link.ts';
import { cancel, goOn, pause, step, undo } from '../net/wishes.ts';
import type { LiveAction } from '../state/action.ts';
import { addressOf, go } from '../state/place.ts';
import { store } from '../state/store.ts';
import { text } from '../wire.ts';
import { TimelineView } from '../timeline/TimelineView.tsx';
import { Badge, Progress } from './Badge.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { Log } from './Log.tsx';
import { Prompt } from './Prompt.tsx';
import { ask } from './Question.tsx';
import { StallBanner } from './StallBanner.tsx';
import { phaseLooks } from './status.ts';
import { Steps } from './Steps.tsx';
import { Tabs } from './Tabs.tsx';

const tab = signal('steps');

export function ActionView({ action }: { action: LiveAction }) {
  action.version.value;
  const look = phaseLooks[action.phase];
  const host = store.hosts.get(action.host);
  const { done, total, fraction, current } = action.summary();
  const said = action.phase === 'ended' ? action.ended : current || (action.phase === 'completed' ? 'All done' : '');
  return (
    <article class="action-view" aria-label={action.label}>
      <header class="view-head">
        <div class="crumbs">
          <BackLink />
          {host && <a href={addressOf({ kind: 'host', uuid: host.uuid })} onClick={(event) => { event.preventDefault(); go({ kind: 'host', uuid: host.uuid }); }}><Icon name="host" />{host.name}</a>}
        </div>
        <div class="title-line">
          <h1>{action.label}</h1>
          <Badge look={look} />
        </div>
        {text(action.data['tooltip']) && <p class="quiet">{text(action.data['tooltip'])}</p>}
        <div class="progress-line">
          <Progress fraction={fraction} tone={action.ended ? 'quiet' : look.tone} label="Progress of the action" />
          <p class="quiet tabular"><span>{said}</span><span>{total > 0 && `${done} of ${total}`}</span></p>
        </div>
        <Controls action={action} />
        <p class="quiet will-pause" role="status">{action.willPause && 'Pauses before the next command'}</p>
      </header>
      {host && !action.ended && <StallBanner host={host} />}
      <Prompt action={action} />
      <Tabs label="Parts of the action" chosen={tab} tabs={[
        { id: 'steps', label: 'Steps', body: () => <Steps action={action} /> },
        { id: 'log', label: 'Log', count: action.journal, body: () => <Log action={action} /> },
        { id: 'timeline', label: 'Timeline', body: () => (host ? <TimelineView host={host} highlight={action.uuid} /> : <p class="empty">Its host is not known.</p>) },
      ]} />
    </article>
  );
}

/** Where there is room for one thing at a time. */
export function BackLink() {
  return (
    <a class="narrow-only back" href="#" onClick={(event) => { event.preventDefault(); go({ kind: 'none' }); }}>
      <Icon name="back" /> All hosts
    </a>
  );
}

interface Control {
  name: string;
  icon: IconName;
  can: boolean;
  act: () => void;
  danger?: boolean;
}

function Controls({ action }: { action: LiveAction }) {
  action.version.value;
  const { phase, label } = action;
  if (phase === 'ended') {
    const remove = () => { store.forgetAction(action.uuid); go({ kind: 'none' }); };
    return <div class="controls"><button type="button" onClick={remove}><Icon name="close" /> Remove from the list</button></div>;
  }
  const isOn = link.value.state === 'connected';
  const rests = phase === 'paused' || phase === 'ready';
  const hasDone = action.summary().done > 0 || phase === 'running' || phase === 'failed' || phase === 'completed';
  const isOver = phase === 'completed' || phase === 'failed' || phase === 'ready';
  const confirmCancel = () => ask({
    title: `Cancel "${label}"?`, yes: 'Cancel it', act: () => void cancel(action),
    text: 'What runs is stopped. What was done stays; undo takes it back.',
  });
  const confirmUndo = () => ask({
    title: `Undo all of "${label}"?`, yes: 'Undo all', act: () => void undo(action, true),
    text: 'What runs is stopped, and every command is taken back, the last one first.',
  });
  const all: Control[] = [
    rests || phase === 'failed'
      ? { name: phase === 'ready' ? 'Redo' : 'Continue', icon: 'launch', can: rests, act: () => void goOn(action) }
      : { name: 'Pause', icon: 'pause', can: phase === 'running', act: () => void pause(action) },
    { name: 'Step', icon: 'step', can: rests, act: () => void step(action) },
    { name: 'Undo last', icon: 'undo', can: hasDone && phase !== 'undoing', act: () => void undo(action, false) },
    { name: 'Undo all', icon: 'undoAll', can: hasDone && phase !== 'undoing', act: confirmUndo },
    isOver ? { name: 'Dismiss', icon: 'close', can: true, act: () => void cancel(action) }
      : { name: 'Cancel', icon: 'stop', can: true, act: confirmCancel, danger: true },
  ];
  return (
    <div class="controls" role="group" aria-label="Controls">
      {all.map(({ name, icon, can, act, danger }) => (
        <button type="button" key={name} class={danger ? 'danger-quiet' : ''} disabled={!can || !isOn} onClick={act}><Icon name={icon} />{name}</button>
      ))}
    </div>
  );
}

// An action's steps and commands. A command opens to its parameters and its log.
import { signal } from '@preact/signals';
import { VirtualList } from '../list/VirtualList.tsx';
import { readType } from '../parameters/type.ts';
import { show } from '../parameters/show.ts';
import type { CommandRow, LiveAction, StepRow } from '../state/action.ts';
import { entries, labelOf, logsOf, number, Status, text } from '../wire.ts';
import { Progress, Sign } from './Badge.tsx';
import { Icon } from './Icon.tsx';
import { LogText } from './Log.tsx';
import { commandLook } from './status.ts';

/** Keys of the commands that are open, by action. */
const open = signal<ReadonlyMap<string, ReadonlySet<string>>>(new Map());

function toggle(action: string, key: string): void {
  const its = new Set(open.value.get(action));
  if (!its.delete(key)) its.add(key);
  open.value = new Map(open.value).set(action, its);
}

export function Steps({ action }: { action: LiveAction }) {
  action.structure.value;
  const rows = action.rows();
  if (rows.length === 0) {
    return <div class="empty"><p class="empty-title">No steps to show</p><p>This action hides what it consists of.</p></div>;
  }
  return (
    <VirtualList key={action.uuid} label="Steps and commands" class="steps" count={rows.length} identity={rows}
      keyOf={(index) => rows[index]!.key} estimate={(index) => (rows[index]!.kind === 'step' ? 44 : 40)}
      row={(index) => {
        const row = rows[index]!;
        return row.kind === 'step' ? <StepHead action={action} row={row} /> : <Command action={action} row={row} />;
      }} />
  );
}

function StepHead({ action, row }: { action: LiveAction; row: StepRow }) {
  action.version.value;
  const step = action.step(row.step);
  return (
    <div class="step-row" title={text(step['tooltip'])}>
      <h2>{labelOf(step, row.step)}</h2>
      {step['status'] !== Status.initialized && <Sign look={commandLook(step['status'], false)} />}
    </div>
  );
}

function Command({ action, row }: { action: LiveAction; row: CommandRow }) {
  action.commandVersion(row.step, row.command).value;
  action.ended;
  const command = action.command(row.step, row.command);
  const look = commandLook(command['status'], command['skip'] === true);
  const isOpen = open.value.get(action.uuid)?.has(row.key) ?? false;
  const progress = command['progress'];
  const runs = command['status'] === Status.processing;
  const label = labelOf(command, row.command);
  const worst = logsOf(command).some(({ level }) => /ERROR|CRITICAL|TRACEBACK/.test(level)) ? 'bad'
    : logsOf(command).some(({ level }) => level === 'WARNING') ? 'wait' : '';
  return (
    <div class={`command-row ${isOpen ? 'open' : ''} tone-${look.tone}`}>
      <button type="button" class="command-head" aria-expanded={isOpen} onClick={() => toggle(action.uuid, row.key)}>
        <Sign look={look} />
        <span class="command-label">{label}</span>
        {worst && !runs && look.tone !== 'bad' && <span class={`log-mark tone-${worst}`}><Icon name="warning" /><span class="unseen">has warnings</span></span>}
        <span class="command-state tabular">
          {runs && typeof progress === 'number' ? `${Math.round(progress)} %` : look.label}
        </span>
        <Icon name="chevron" />
      </button>
      {runs && typeof progress === 'number' && <Progress fraction={Math.min(1, Math.max(0, number(progress, 0) / 100))} tone="run" label={`Progress of ${label}`} />}
      {isOpen && <CommandDetail action={action} row={row} />}
    </div>
  );
}

const shownLines = 200;

function CommandDetail({ action, row }: { action: LiveAction; row: CommandRow }) {
  const command = action.command(row.step, row.command);
  const parameters = entries(command['parameters']).filter(([, its]) => its['hide'] !== true);
  const lines = logsOf(command);
  return (
    <div class="command-detail">
      <p class="quiet">{text(command['tooltip'])} <code>{text(command['path'])}</code></p>
      {parameters.length > 0 && command['hide_parameters'] !== true && (
        <dl class="values">
          {parameters.map(([name, its]) => (
            <div key={name}><dt>{labelOf(its, name)}</dt><dd>{show(readType(its['type']), its['value'])}</dd></div>
          ))}
        </dl>
      )}
      {lines.length > shownLines && <p class="quiet">The last {shownLines} of {lines.length} lines; the Log has the others.</p>}
      {lines.length > 0 ? (
        <div class="command-log" tabIndex={0} role="region" aria-label={`Log of ${labelOf(command, row.command)}`}>
          {lines.slice(-shownLines).map((line, index) => <LogText key={index} line={line} />)}
        </div>
      ) : <p class="quiet">It has logged nothing.</p>}
    </div>
  );
}

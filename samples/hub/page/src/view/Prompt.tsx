// What an action asks its user, answered where it is asked. Also for a command that failed: other values, another try.
import { useRef, useState } from 'preact/hooks';
import { answer } from '../net/wishes.ts';
import { link } from '../net/link.ts';
import { readType, emptyValue } from '../parameters/type.ts';
import { check } from '../parameters/validate.ts';
import type { CommandRow, LiveAction } from '../state/action.ts';
import { draftKey } from '../state/drafts.ts';
import { entries, labelOf, logsOf, Status, text, type Object_ } from '../wire.ts';
import { FieldList, type Field } from './Fields.tsx';
import { Icon } from './Icon.tsx';

export function Prompt({ action }: { action: LiveAction }) {
  action.version.value;
  const { phase } = action;
  const wanted = phase === 'waiting' ? [Status.waiting] : phase === 'failed' ? [Status.error, Status.invalid] : [];
  const rows = action.commandRows().filter((row) => wanted.includes(action.command(row.step, row.command)['status'] as never));
  if (rows.length === 0) {
    // One that has ended may be back in a moment, with the same prompt: only the hub or the network was away.
    if (phase !== 'ended') action.drafts.clear();
    return null;
  }
  // Another prompt is another form.
  return <PromptForm key={`${phase} ${rows.map(({ key }) => key).join()}`} action={action} rows={rows} failed={phase === 'failed'} />;
}

interface FormProps {
  action: LiveAction;
  rows: CommandRow[];
  failed: boolean;
}
const keyOf = (row: CommandRow, name: string): string => draftKey(row.step, row.command, name);

function fieldsOf(action: LiveAction, row: CommandRow, at: number, errors: Map<string, string>): Field[] {
  const { drafts } = action;
  action.commandVersion(row.step, row.command).value;
  const command = action.command(row.step, row.command);
  if (command['hide_parameters'] === true) return [];
  return entries(command['parameters'])
    .filter(([, parameter]) => parameter['hide'] !== true)
    .map(([name, parameter], index) => {
      const type = readType(parameter['type']);
      const key = keyOf(row, name);
      const draft = drafts.has(key) ? drafts.get(key) : (parameter['value'] ?? emptyValue(type));
      const id = `p-${at}-${index}`; // names may be in any script
      return { id, name, label: labelOf(parameter, name), tooltip: text(parameter['tooltip']), type, given: parameter['value'], draft, error: errors.get(key) ?? '' };
    });
}

function PromptForm({ action, rows, failed }: FormProps) {
  const { drafts } = action;
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState(new Map<string, string>());
  const [, redraw] = useState(0);
  const [isSent, setSent] = useState(false);

  const groups = rows.map((row, at) => ({ row, command: action.command(row.step, row.command), fields: fieldsOf(action, row, at, errors) }));
  const count = groups.reduce((sum, { fields }) => sum + fields.length, 0);

  const change = (row: CommandRow, field: Field, draft: unknown) => {
    drafts.type(keyOf(row, field.name), draft);
    if (field.error) {
      const checked = check(field.type, draft, field.given);
      setErrors(new Map([...errors, [keyOf(row, field.name), 'error' in checked ? checked.error : '']]));
    }
    redraw((n) => n + 1);
  };
  const send = async (steps: Object_) => {
    setSent(true);
    drafts.send();
    // A host that is slow to react is not answered twice; one that refuses asks again.
    if (!(await answer(action, steps))) drafts.keep();
    setTimeout(() => setSent(false), 1000);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const found = new Map<string, string>();
    const steps: { [step: string]: { commands: Object_ } } = {};
    for (const { row, fields } of groups) {
      const parameters: Object_ = {};
      for (const field of fields) {
        const checked = check(field.type, field.draft, field.given);
        if ('error' in checked) found.set(keyOf(row, field.name), checked.error);
        else if (field.type.kind !== 'text') parameters[field.name] = { value: checked.value };
      }
      (steps[row.step] ??= { commands: {} }).commands[row.command] = { ask_user: false, parameters };
    }
    setErrors(found);
    if (found.size === 0) return void send(steps);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true], fieldset:has(.field-error) input')?.focus());
  };
  const skip = () => {
    const steps: { [step: string]: { commands: Object_ } } = {};
    for (const { row } of groups) (steps[row.step] ??= { commands: {} }).commands[row.command] = { skip: true };
    void send(steps);
  };

  const isAway = link.value.state !== 'connected';
  const only = groups.length === 1 ? labelOf(groups[0]!.command, groups[0]!.row.command) : '';
  return (
    <form class={`prompt tone-${failed ? 'bad' : 'wait'}`} ref={form} onSubmit={submit} noValidate aria-label={failed ? 'Try again' : 'Answer'}>
      <header>
        <Icon name={failed ? 'error' : 'question'} />
        <h2>{failed ? `${only || 'Commands'} failed` : only ? `${only} needs an answer` : `${groups.length} commands need an answer`}</h2>
      </header>
      {groups.map(({ row, command, fields }) => (
        <section key={row.key}>
          {groups.length > 1 && <h3>{labelOf(command, row.command)}</h3>}
          {text(command['tooltip']) && <p class="quiet">{text(command['tooltip'])}</p>}
          <LastWord command={command} failed={failed} />
          <FieldList fields={fields} change={(field, draft) => change(row, field, draft)} />
        </section>
      ))}
      {count === 0 && !failed && <p class="quiet">There is nothing to fill in: it only wants to know whether to go on.</p>}
      <footer>
        <button type="submit" class="primary" disabled={isSent || isAway}>{failed ? 'Try again' : 'Continue'}</button>
        <button type="button" disabled={isSent || isAway} onClick={skip}>{groups.length > 1 ? 'Skip these' : 'Skip'}</button>
      </footer>
    </form>
  );
}

/** Why the host refused the last answer, or what went wrong. */
function LastWord({ command, failed }: { command: Object_; failed: boolean }) {
  const last = logsOf(command).filter(({ level }) => (failed ? /ERROR|CRITICAL|TRACEBACK/ : /WARNING/).test(level)).at(-1);
  if (!last) return null;
  const line = last.message.trim().split('\n').at(-1) ?? '';
  return <p class={failed ? 'last-word' : 'field-error'}><Icon name="warning" />{line}</p>;
}

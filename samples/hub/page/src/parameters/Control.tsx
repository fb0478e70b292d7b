// The control for a parameter's type. A draft is what the user has typed, not yet what is sent: see validate.ts.
import { text } from '../wire.ts';
import { Typed } from './draft.ts';
import { countFrames } from './frames.ts';
import { Dictionary, Lines } from './Lines.tsx';
import type { Type } from './type.ts';

export interface ControlProps {
  id: string;
  label: string;
  type: Type;
  draft: unknown;
  change: (draft: unknown) => void;
  /** What stands below it: ids for aria-describedby. */
  describedBy?: string | undefined;
  invalid?: boolean;
}

/** Whether the control is several, which need a group's name instead of a label. */
export const isGroup = ({ kind, multiple }: Type): boolean =>
  ['radio_select', 'multiple_select', 'int_array', 'list', 'editable_list', 'dict'].includes(kind) ||
  (multiple && (kind === 'Path' || kind === 'task_file'));

const typed = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function Control(props: ControlProps) {
  const { type } = props;
  switch (type.kind) {
    case 'str': return type.multiline ? <Area {...props} /> : <Line {...props} />;
    case 'int': return <Line {...props} mode="numeric" />;
    case 'float': return <Line {...props} mode="decimal" />;
    case 'bool': return <Switch {...props} />;
    case 'Path':
    case 'task_file': return type.multiple ? <Lines {...props} item={{ ...type, multiple: false }} /> : <PathLine {...props} />;
    case 'select': return <Select {...props} />;
    case 'radio_select': return <Radios {...props} />;
    case 'multiple_select': return <Checks {...props} />;
    case 'range': return <Range {...props} />;
    case 'int_array': return <Array_ {...props} />;
    case 'list': return <Lines {...props} item={type.item} />;
    case 'editable_list': return <Lines {...props} item={type.item} orders />;
    case 'dict': return <Dictionary {...props} />;
    case 'text': return <Shown {...props} />;
    case 'FrameSet': return <Frames {...props} />;
    case 'any': return <Anything {...props} />;
    default: return <Line {...props} />;
  }
}

const common = ({ id, describedBy, invalid }: ControlProps) => ({
  id, 'aria-describedby': describedBy, 'aria-invalid': invalid ? ('true' as const) : undefined,
});

function Line(props: ControlProps & { mode?: 'numeric' | 'decimal'; mono?: boolean; placeholder?: string }) {
  const value = typeof props.draft === 'object' && props.draft !== null ? JSON.stringify(props.draft) : text(props.draft);
  return (
    <input {...common(props)} class={`line ${props.mode ? 'short tabular' : ''} ${props.mono ? 'mono' : ''}`} type="text"
      inputMode={props.mode ?? 'text'} autocomplete="off" spellcheck={false} placeholder={props.placeholder}
      value={value} onInput={(event) => props.change(typed(event))} />
  );
}
/** Of any type, as JSON has it; text as it is. */
function Anything(props: ControlProps) {
  const { draft, change } = props;
  return <Line {...props} draft={draft instanceof Typed ? draft.text : draft} change={(text) => change(Typed.over(draft, text as string))} />;
}
function PathLine(props: ControlProps) {
  return <Line {...props} mono placeholder={props.type.directory ? '/path/to/folder' : '/path/to/file'} />;
}

function Area(props: ControlProps) {
  return (
    <textarea {...common(props)} class="line" rows={4} value={text(props.draft)}
      onInput={(event) => props.change(typed(event))} />
  );
}

function Switch(props: ControlProps) {
  return (
    <input {...common(props)} class="switch" type="checkbox" role="switch" checked={props.draft === true}
      onChange={(event) => props.change(event.currentTarget.checked)} />
  );
}

function Select(props: ControlProps) {
  const { choices } = props.type;
  return (
    <select {...common(props)} class="line" value={String(choices.findIndex((one) => same(one.value, props.draft)))}
      onChange={(event) => props.change(choices[Number(event.currentTarget.value)]?.value)}>
      {choices.map((one, index) => <option key={index} value={String(index)}>{one.label}</option>)}
    </select>
  );
}

function Radios(props: ControlProps) {
  return (
    <div class="choices">
      {props.type.choices.map((one, index) => (
        <label key={index} class="choice">
          <input type="radio" name={props.id} checked={same(one.value, props.draft)} onChange={() => props.change(one.value)} />
          <span>{one.label}</span>
        </label>
      ))}
    </div>
  );
}

function Checks(props: ControlProps) {
  const chosen = Array.isArray(props.draft) ? props.draft : [];
  const toggle = (value: unknown, on: boolean) =>
    props.change(props.type.choices.map((one) => one.value).filter((one) => (same(one, value) ? on : chosen.some((other) => same(other, one)))));
  return (
    <div class="choices">
      {props.type.choices.map((one, index) => (
        <label key={index} class="choice">
          <input type="checkbox" checked={chosen.some((other) => same(other, one.value))}
            onChange={(event) => toggle(one.value, event.currentTarget.checked)} />
          <span>{one.label}</span>
        </label>
      ))}
    </div>
  );
}

/** Marks at each increment, or `n_marks` of them, as long as they can be told apart. */
function marksOf({ marks, markCount, start, end, increment }: Type): number[] {
  if (!marks || end <= start) return [];
  const count = markCount ?? Math.floor((end - start) / increment) + 1;
  const apart = markCount ? (end - start) / (markCount - 1) : increment;
  return count > 50 ? [] : Array.from({ length: count }, (_, index) => Number((start + index * apart).toFixed(6)));
}

function Range(props: ControlProps) {
  const { start, end, increment, valueLabel } = props.type;
  const marks = marksOf(props.type);
  const list = `${props.id}-marks`;
  const value = Number(props.draft ?? start);
  return (
    <div class="range">
      <input {...common(props)} type="range" min={start} max={end} step={increment} value={value}
        list={marks.length ? list : undefined} aria-valuetext={`${value} ${valueLabel}`.trim()}
        onInput={(event) => props.change(Number(typed(event)))} />
      <output class="tabular" for={props.id}>{value}{valueLabel && <span class="quiet"> {valueLabel}</span>}</output>
      {marks.length > 0 && (
        <>
          <datalist id={list}>{marks.map((mark) => <option key={mark} value={mark} />)}</datalist>
          <div class="marks tabular" aria-hidden="true">
            {marks.map((mark) => <span key={mark}>{marks.length <= 12 ? mark : ''}</span>)}
          </div>
        </>
      )}
    </div>
  );
}

function Array_(props: ControlProps) {
  const numbers = Array.isArray(props.draft) ? props.draft : [];
  const set = (index: number, value: string) => props.change(numbers.map((one, at) => (at === index ? value : one)));
  return (
    <div class="array">
      {numbers.map((one, index) => (
        <input key={index} class="line short tabular" type="text" inputMode="numeric" value={text(one)}
          aria-label={`${props.label}, ${index + 1} of ${numbers.length}`} aria-describedby={props.describedBy}
          aria-invalid={props.invalid ? 'true' : undefined} onInput={(event) => set(index, typed(event))} />
      ))}
    </div>
  );
}

/** Text that is shown, not asked for. */
function Shown({ id, type, draft, label }: ControlProps) {
  return (
    <div id={id} class="shown" data-color={type.color || undefined}>
      <p>{text(draft)}</p>
      {type.progress !== null && <progress max={100} value={type.progress} aria-label={label} />}
    </div>
  );
}

function Frames(props: ControlProps) {
  const count = countFrames(text(props.draft));
  return (
    <div class="with-note">
      <Line {...props} mono placeholder="1-50x5" />
      <span class="quiet tabular">{count === null ? '' : count === 1 ? '1 frame' : `${count.toLocaleString('en')} frames`}</span>
    </div>
  );
}

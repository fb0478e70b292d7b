// Controls of several lines: lists, and mappings of names to values.
import { text } from '../wire.ts';
import { Icon } from '../view/Icon.tsx';
import { Control, type ControlProps } from './Control.tsx';
import { Pairs, type Pair } from './draft.ts';
import { emptyValue, readType, type Type } from './type.ts';

export function Lines(props: ControlProps & { item: Type | null; orders?: boolean }) {
  const item = props.item ?? readType('str');
  const lines = Array.isArray(props.draft) ? props.draft : [];
  const without = (index: number) => lines.filter((_, at) => at !== index);
  const swap = (index: number) => {
    const next = [...lines];
    [next[index - 1], next[index]] = [next[index], next[index - 1]];
    props.change(next);
  };
  return (
    <div class="lines">
      {lines.map((line, index) => {
        const label = `${props.label}, line ${index + 1}`;
        const id = `${props.id}-${index}`;
        return (
          <div class="lines-line" key={index}>
            <label class="unseen" for={id}>{label}</label>
            <Control {...props} id={id} label={label} type={item} draft={line}
              change={(draft) => props.change(lines.map((one, at) => (at === index ? draft : one)))} />
            {props.orders && (
              <button type="button" class="bare" disabled={index === 0} aria-label={`Move ${label} up`} onClick={() => swap(index)}>
                <Icon name="up" />
              </button>
            )}
            <button type="button" class="bare" aria-label={`Remove ${label}`} onClick={() => props.change(without(index))}>
              <Icon name="close" />
            </button>
          </div>
        );
      })}
      <button type="button" class="small" onClick={() => props.change([...lines, emptyValue(item)])}>
        <Icon name="add" /> Add a line
      </button>
    </div>
  );
}

export function Dictionary(props: ControlProps) {
  const value = props.type.value ?? readType('any');
  const pairs = Pairs.of(props.draft);
  const put = (changed: readonly Pair[]) => props.change(new Pairs(changed));
  const rename = (index: number, name: string) => put(pairs.map((pair, at) => (at === index ? [name, pair[1]] : pair)));
  const freeName = () => {
    for (let n = pairs.length + 1; ; n += 1) if (!pairs.some(([name]) => name === `name ${n}`)) return `name ${n}`;
  };
  return (
    <div class="lines">
      {pairs.map(([name, its], index) => {
        const id = `${props.id}-${index}`;
        return (
          <div class="lines-line pair" key={index}>
            <input class="line" type="text" value={name} aria-label={`${props.label}, name ${index + 1}`}
              aria-describedby={props.describedBy} aria-invalid={props.invalid ? 'true' : undefined}
              onInput={(event) => rename(index, event.currentTarget.value)} />
            <label class="unseen" for={id}>{`${props.label}, value of ${text(name)}`}</label>
            <Control {...props} id={id} label={`${props.label}, value of ${text(name)}`} type={value} draft={its}
              change={(draft) => put(pairs.map((pair, at) => (at === index ? [pair[0], draft] : pair)))} />
            <button type="button" class="bare" aria-label={`Remove ${name}`} onClick={() => put(pairs.filter((_, at) => at !== index))}>
              <Icon name="close" />
            </button>
          </div>
        );
      })}
      <button type="button" class="small" onClick={() => put([...pairs, [freeName(), emptyValue(value)]])}>
        <Icon name="add" /> Add a pair
      </button>
    </div>
  );
}

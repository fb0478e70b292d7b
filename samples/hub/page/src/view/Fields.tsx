// The parameters of one command as a form's fields.
import { Control, isGroup } from '../parameters/Control.tsx';
import type { Type } from '../parameters/type.ts';
import { Icon } from './Icon.tsx';

export interface Field {
  id: string;
  name: string;
  label: string;
  tooltip: string;
  type: Type;
  /** What the host has sent. */
  given: unknown;
  draft: unknown;
  error: string;
}

export function FieldList({ fields, change }: { fields: Field[]; change: (field: Field, draft: unknown) => void }) {
  return <div class="fields">{fields.map((field) => <OneField key={field.name} field={field} change={(draft) => change(field, draft)} />)}</div>;
}

function OneField({ field, change }: { field: Field; change: (draft: unknown) => void }) {
  const { id, label, tooltip, type, draft, error } = field;
  const described = [tooltip && `${id}-tip`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const control = <Control id={id} label={label} type={type} draft={draft} change={change} describedBy={described} invalid={error !== ''} />;
  const notes = (
    <>
      {type.longest !== null && <span class="quiet tabular counter">{[...String(draft ?? '')].length} of {type.longest}</span>}
      {tooltip && <p class="tip" id={`${id}-tip`}>{tooltip}</p>}
      {error && <p class="field-error" id={`${id}-error`}><Icon name="warning" />{error}</p>}
    </>
  );
  if (isGroup(type)) {
    return (
      <fieldset class="field" aria-describedby={described}>
        <legend>{label}</legend>
        {control}{notes}
      </fieldset>
    );
  }
  return (
    <div class={`field ${type.kind === 'bool' ? 'field-switch' : ''}`}>
      {type.kind === 'text' ? <span class="field-label">{label}</span> : <label class="field-label" for={id}>{label}</label>}
      {control}{notes}
    </div>
  );
}

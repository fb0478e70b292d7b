// Launching an action on a host, with parameters.
import { signal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { launchable, refreshLaunchable, say } from '../net/link.ts';
import { emptyValue, readType } from '../parameters/type.ts';
import { check } from '../parameters/validate.ts';
import type { Host } from '../state/host.ts';
import { notify } from '../state/notices.ts';
import { place } from '../state/place.ts';
import { store } from '../state/store.ts';
import { isObject, labelOf, text, type Object_ } from '../wire.ts';
import { Dialog } from './Dialog.tsx';
import { FieldList, type Field } from './Fields.tsx';
import { Icon } from './Icon.tsx';

const opened = signal<{ host: string } | null>(null);

export function openLaunch(host?: string): void {
  const here = place.value;
  const near = here.kind === 'host' ? here.uuid : here.kind === 'action' ? store.actions.get(here.uuid)?.host : undefined;
  const live = store.sortedHosts().filter(({ goneSince }) => !goneSince);
  // The one that is looked at, if there is something to launch on it; else one where there is.
  const nearby = near !== undefined && offersOf(near).length > 0 ? near : undefined;
  const wanted = [host, nearby].find((uuid) => live.some((one) => one.uuid === uuid));
  opened.value = { host: wanted ?? firstAble(live) };
  void refreshLaunchable();
}

interface Offer {
  name: string;
  label: string;
  tooltip: string;
  parameters: [string, Object_][];
}

/** What a host offers; a parameter is {type, label, value}, or a value. */
function offersOf(host: string): Offer[] {
  const offers = launchable.value[host];
  if (!Array.isArray(offers)) return [];
  return offers.filter(isObject).map((offer) => ({
    name: text(offer['name']),
    label: labelOf(offer, text(offer['name']).replace(/[^A-Za-z0-9]+/g, ' ')),
    tooltip: text(offer['tooltip']),
    parameters: Object.entries(isObject(offer['parameters']) ? offer['parameters'] : {}).map(([path, its]): [string, Object_] =>
      [path, isObject(its) && ('type' in its || 'value' in its) ? its : { value: its, type: 'any' }]),
  }));
}

/** Of live hosts, one that offers something; "" where there is none at all. */
const firstAble = (live: Host[]): string => (live.find(({ uuid }) => offersOf(uuid).length > 0) ?? live[0])?.uuid ?? '';

export function Launch() {
  const now = opened.value;
  if (!now) return null;
  const close = () => (opened.value = null);
  return <Dialog title="Launch an action" close={close}><LaunchForm key={now.host} begin={now.host} close={close} /></Dialog>;
}

function LaunchForm({ begin, close }: { begin: string; close: () => void }) {
  store.lists.value;
  const [wanted, setHost] = useState(begin);
  const [name, setName] = useState('');
  const [errors, setErrors] = useState(new Map<string, string>());
  const [refusal, setRefusal] = useState('');
  const [, redraw] = useState(0);
  const drafts = useRef(new Map<string, unknown>()).current;
  const hosts = store.sortedHosts().filter(({ goneSince }) => !goneSince);
  // The host may go while its action is chosen: then it is another one, which is said.
  const isGone = wanted !== '' && !hosts.some(({ uuid }) => uuid === wanted);
  const host = isGone || wanted === '' ? firstAble(hosts) : wanted;
  const offers = offersOf(host);
  const offer = offers.find((one) => one.name === name) ?? offers[0];

  const fields: Field[] = (offer?.parameters ?? []).map(([path, its], index) => {
    const type = readType(its['type']);
    const key = `${offer!.name} ${path}`;
    return {
      id: `l-${index}`, given: its['value'], name: path, label: labelOf(its, path), tooltip: text(its['tooltip']), type,
      draft: drafts.has(key) ? drafts.get(key) : (its['value'] ?? emptyValue(type)), error: errors.get(key) ?? '',
    };
  });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!offer) return;
    const parameters: Object_ = {};
    const found = new Map<string, string>();
    for (const field of fields) {
      const key = `${offer.name} ${field.name}`;
      const isTouched = drafts.has(key);
      const checked = check(field.type, field.draft, field.given);
      // What nobody touched keeps the definition's value; where there is none, the action asks.
      if ('error' in checked) { if (isTouched) found.set(key, checked.error); }
      else if (isTouched) parameters[field.name] = checked.value;
    }
    setErrors(found);
    if (found.size > 0) return;
    const answer = await say('launchAction', { action: offer.name, uuid: host, parameters });
    if (!answer.ok) return setRefusal(answer.message);
    notify('fine', `"${offer.label}" is launched.`);
    close();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <h2>Launch an action</h2>
      {hosts.length === 0 ? <p class="quiet">No host is connected that could run one. Start one first.</p> : (
        <div class="fields">
          <div class="field">
            <label class="field-label" for="launch-host">Host</label>
            <select class="line" id="launch-host" value={host} onChange={(event) => setHost(event.currentTarget.value)}>
              {hosts.map((one) => <option key={one.uuid} value={one.uuid}>{one.name}{one.dcc && one.dcc !== one.name ? ` (${one.dcc})` : ''}</option>)}
            </select>
            {isGone && <p class="field-error" role="alert"><Icon name="gone" />{`${store.hosts.get(wanted)?.name ?? 'The host that was chosen'} is gone; this one is here.`}</p>}
          </div>
          {offers.length === 0 ? <p class="quiet">This host offers no action to launch. Choose another one, or have it say "launchable" in its context.</p> : (
            <div class="field">
              <label class="field-label" for="launch-action">Action</label>
              <select class="line" id="launch-action" value={offer?.name} onChange={(event) => setName(event.currentTarget.value)}>
                {offers.map((one) => <option key={one.name} value={one.name}>{one.label}</option>)}
              </select>
              {offer?.tooltip && <p class="tip">{offer.tooltip}</p>}
            </div>
          )}
        </div>
      )}
      {fields.length > 0 && <FieldList fields={fields} change={(field, draft) => { drafts.set(`${offer!.name} ${field.name}`, draft); redraw((n) => n + 1); }} />}
      {refusal && <p class="field-error" role="alert"><Icon name="warning" />{refusal}</p>}
      <div class="dialog-foot">
        <button type="button" onClick={close}>Close</button>
        <button type="submit" class="primary" disabled={!offer}><Icon name="launch" />Launch</button>
      </div>
    </form>
  );
}

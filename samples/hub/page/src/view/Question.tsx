// "Are you sure?", for what loses work.
import { signal } from '@preact/signals';
import { Dialog } from './Dialog.tsx';

interface Asked {
  title: string;
  text: string;
  yes: string;
  act: () => void;
}
const asked = signal<Asked | null>(null);

export function ask(question: Asked): void {
  asked.value = question;
}

export function Question() {
  const now = asked.value;
  if (!now) return null;
  const close = () => (asked.value = null);
  return (
    <Dialog title={now.title} close={close}>
      <h2>{now.title}</h2>
      <p class="quiet">{now.text}</p>
      <div class="dialog-foot">
        <button type="button" onClick={close}>Keep it</button>
        <button type="button" class="danger" onClick={() => { close(); now.act(); }}>{now.yes}</button>
      </div>
    </Dialog>
  );
}

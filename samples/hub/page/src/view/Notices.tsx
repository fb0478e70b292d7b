import { dismiss, notices } from '../state/notices.ts';
import { Icon } from './Icon.tsx';

export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map(({ number, kind, text }) => (
        <div key={number} class={`notice ${kind}`}>
          <Icon name={kind === 'fine' ? 'check' : 'warning'} />
          <p>{text}</p>
          <button type="button" class="bare" aria-label="Dismiss" onClick={() => dismiss(number)}><Icon name="close" /></button>
        </div>
      ))}
    </div>
  );
}

import { Icon } from './Icon.tsx';
import type { Look } from './status.ts';

export function Badge({ look, text }: { look: Look; text?: string }) {
  return <span class={`badge tone-${look.tone}`}><Icon name={look.icon} />{text ?? look.label}</span>;
}
/** The sign alone, where a row has no room for its name: it is said to those who cannot see it. */
export function Sign({ look }: { look: Look }) {
  return <span class={`sign tone-${look.tone}`} role="img" aria-label={look.label} title={look.label}><Icon name={look.icon} /></span>;
}
export function Progress({ fraction, tone, label }: { fraction: number; tone: string; label: string }) {
  const percent = Math.round(fraction * 100);
  return (
    <div class={`progress tone-${tone}`} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <div style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}

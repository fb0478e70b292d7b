// Tabs, as the ARIA practices have them: arrows go from one to the next.
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Journal } from '../state/journal.ts';

interface Tab {
  id: string;
  label: string;
  count?: Journal;
  body: () => ComponentChildren;
}

export function Tabs({ label, chosen, tabs }: { label: string; chosen: Signal<string>; tabs: Tab[] }) {
  const list = useRef<HTMLDivElement>(null);
  const now = tabs.find(({ id }) => id === chosen.value) ?? tabs[0]!;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = (tabs.indexOf(now) + by + tabs.length) % tabs.length;
    chosen.value = tabs[at]!.id;
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  return (
    <section class="tabs">
      <div class="tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button type="button" key={tab.id} role="tab" id={`tab-${tab.id}`} aria-selected={tab === now} aria-controls={`panel-${tab.id}`}
            tabIndex={tab === now ? 0 : -1} onClick={() => (chosen.value = tab.id)}>
            {tab.label}{tab.count && <Count of={tab.count} />}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" key={now.id} id={`panel-${now.id}`} aria-labelledby={`tab-${now.id}`}>{now.body()}</div>
    </section>
  );
}

function Count({ of }: { of: Journal }) {
  of.version.value;
  return of.count > 0 ? <span class="tab-count tabular">{of.count > 9999 ? '9999+' : of.count}</span> : null;
}

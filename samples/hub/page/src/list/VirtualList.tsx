// A long list, of which only the rows in sight are in the document.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Heights, span } from './heights.ts';

interface Props {
  label: string;
  class?: string;
  role?: 'list' | 'log';
  count: number;
  /** Another one where there are other rows than before. */
  identity: unknown;
  keyOf: (index: number) => string;
  estimate: (index: number) => number; // px
  row: (index: number) => ComponentChildren;
  /** Stays at the end while more comes. */
  follow?: boolean;
  onFollow?: (follows: boolean) => void;
  /** Brought into sight when it changes. */
  show?: string | undefined;
}

export function VirtualList(props: Props) {
  const { count, keyOf, estimate, row, follow, role = 'list' } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [, redraw] = useState(0);
  const state = useRef({ heights: new Heights(), identity: undefined as unknown, measured: new Map<string, number>() }).current;
  const observer = useRef<ResizeObserver | null>(null);
  const latest = useRef(props);
  latest.current = props;

  // Other rows than before: what was measured is kept by key.
  if (props.identity !== state.identity || count !== state.heights.count) {
    state.identity = props.identity;
    state.heights.reset(count, (index) => state.measured.get(keyOf(index)) ?? estimate(index));
  }

  const element = scroller.current;
  const shown = span(state.heights, element?.scrollTop ?? 0, element?.clientHeight || 800);

  useLayoutEffect(() => {
    const list = scroller.current!;
    const watch = new ResizeObserver((seen) => {
      let [moved, changed] = [0, false];
      for (const { target } of seen) {
        if (target === list) {
          changed = true;
          continue;
        }
        const at = Number((target as HTMLElement).dataset['index']);
        const height = (target as HTMLElement).offsetHeight;
        if (!target.isConnected || height === 0 || at >= latest.current.count) continue;
        state.measured.set(latest.current.keyOf(at), height);
        const isAbove = state.heights.top(at) < list.scrollTop;
        const change = state.heights.set(at, height);
        if (isAbove) moved += change;
        changed ||= change !== 0;
      }
      // What is read must not jump when something above it turns out to be taller.
      if (moved && !latest.current.follow) list.scrollTop += moved;
      if (changed) redraw((n) => n + 1);
    });
    observer.current = watch;
    watch.observe(list);
    for (const child of list.querySelectorAll('[data-index]')) watch.observe(child);
    return () => watch.disconnect();
  }, []);

  useLayoutEffect(() => {
    const list = scroller.current!;
    if (follow) list.scrollTop = list.scrollHeight;
  });

  const { show } = props;
  useLayoutEffect(() => {
    if (!show) return;
    for (let index = 0; index < count; index += 1) {
      if (keyOf(index) !== show) continue;
      const list = scroller.current!;
      const [top, height] = [state.heights.top(index), state.heights.height(index)];
      if (top < list.scrollTop) list.scrollTop = top;
      else if (top + height > list.scrollTop + list.clientHeight) list.scrollTop = top + height - list.clientHeight;
    }
  }, [show]);

  const onScroll = () => {
    const list = scroller.current!;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
    if (props.onFollow && atEnd !== follow) props.onFollow(atEnd);
    const now = span(state.heights, list.scrollTop, list.clientHeight);
    if (now.first !== shown.first || now.end !== shown.end) redraw((n) => n + 1);
  };
  const measure = (one: HTMLElement | null) => {
    if (one) observer.current?.observe(one);
  };

  const rows = [];
  for (let index = shown.first; index < Math.min(shown.end, count); index += 1) {
    rows.push(
      <Placed key={keyOf(index)} index={index} count={count} role={role} top={state.heights.top(index)} measure={measure}>
        {row(index)}
      </Placed>,
    );
  }
  return (
    <div class={`virtual ${props.class ?? ''}`} ref={scroller} onScroll={onScroll} tabIndex={0} role="region" aria-label={props.label}>
      <div class="virtual-sizer" role={role === 'log' ? 'log' : 'list'} aria-label={props.label} aria-live="off" style={{ height: `${state.heights.total}px` }}>
        {rows}
      </div>
    </div>
  );
}

interface PlacedProps {
  index: number;
  count: number;
  role: 'list' | 'log';
  top: number;
  measure: (element: HTMLElement | null) => void;
  children: ComponentChildren;
}

function Placed({ index, count, role, top, measure, children }: PlacedProps) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => measure(element.current), []);
  const listed = role === 'list' ? { role: 'listitem' as const, 'aria-posinset': index + 1, 'aria-setsize': count } : {};
  return (
    <div ref={element} class="virtual-row" data-index={index} style={{ transform: `translateY(${top}px)` }} {...listed}>
      {children}
    </div>
  );
}

// A host's timeline, its key, and the same in numbers.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Host } from '../state/host.ts';
import { seconds } from '../state/clock.ts';
import { store } from '../state/store.ts';
import { theme } from '../state/theme.ts';
import { Timeline } from './timeline.ts';
import { draw, height, totals } from './draw.ts';

const laneNames = { loop: 'Loop', main: 'Main thread', workers: 'Workers' };

/** `highlight`: an action's uuid, whose parts stand out. */
export function TimelineView({ host, highlight = '' }: { host: Host; highlight?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { timeline } = host;
  timeline.version.value;
  theme.value;
  const now = seconds.value;
  useLayoutEffect(() => {
    if (canvas.current) draw(canvas.current, timeline, Math.max(now, timeline.samples.at(-1)?.at ?? 0), highlight);
  });
  useLayoutEffect(() => {
    const again = () => canvas.current && draw(canvas.current, timeline, Date.now(), highlight);
    const watch = new ResizeObserver(again);
    if (canvas.current) watch.observe(canvas.current);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', again);
    return () => {
      watch.disconnect();
      dark.removeEventListener('change', again);
    };
  }, [host, highlight, timeline.samples.length > 0]);

  if (timeline.samples.length === 0) {
    return (
      <div class="empty">
        <p class="empty-title">Nothing measured yet</p>
        <p>This host tells what its loop, main thread and workers do as soon as they do something.</p>
      </div>
    );
  }
  const all = totals(timeline.samples.filter(({ at }) => at > now - Timeline.span));
  const nameOf = (who: string, name: string): string => store.actions.get(who)?.label ?? name;
  const last = timeline.samples.at(-1)!;
  return (
    <div class="timeline">
      <div class="timeline-lanes">
        <div class="timeline-names" style={{ height: `${height}px` }} aria-hidden="true">
          <span>{laneNames.loop}</span><span>{laneNames.main}</span><span>{laneNames.workers}<small class="tabular">{last.threads} threads</small></span>
        </div>
        <canvas ref={canvas} class="timeline-canvas" style={{ height: `${height}px` }} role="img"
          aria-label="What loop, main thread and workers did in the last minute; the table below has the same in numbers" />
      </div>
      <p class="quiet tabular timeline-queue">
        Waiting now: {last.callsWaiting} calls for the main thread, {last.jobsWaiting} jobs for workers
      </p>
      <table class="totals">
        <caption>Seconds in the last minute</caption>
        <thead><tr><th scope="col">Who</th><th scope="col">Loop</th><th scope="col">Main thread</th><th scope="col">Workers</th></tr></thead>
        <tbody>
          {all.length === 0 && <tr><th scope="row" colSpan={4} class="quiet">Nobody did anything.</th></tr>}
          {all.slice(0, 12).map((one) => (
            <tr key={one.who} class={highlight && highlight === one.who ? 'chosen' : ''}>
              <th scope="row"><i class={`swatch series-${timeline.seriesOf(one.who)}`} />{nameOf(one.who, one.name)}</th>
              <td>{one.loop.toFixed(2)}</td><td>{one.main.toFixed(2)}</td><td>{one.workers.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

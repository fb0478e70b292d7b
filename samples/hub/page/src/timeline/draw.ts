// Draws a host's timeline on a canvas: a lane each for loop, main thread and workers, in it what each action took.
import { lanes, type Sample, type Share } from './metrics.ts';
import { seriesCount, Timeline } from './timeline.ts';

export const laneHeight = 44;
export const laneGap = 12;
export const axisHeight = 22;
export const height = lanes.length * (laneHeight + laneGap) + axisHeight;
/** Between two shares, so that also those of one colour can be told apart. */
const shareGap = 1;

/** Each action that took part, by how much: for the key and for those who read. */
export function totals(samples: readonly Sample[]): { who: string; name: string; loop: number; main: number; workers: number }[] {
  const all = new Map<string, { who: string; name: string; loop: number; main: number; workers: number }>();
  for (const sample of samples) {
    for (const lane of lanes) {
      for (const share of sample[lane]) {
        let one = all.get(share.who);
        if (!one) all.set(share.who, (one = { who: share.who, name: share.name, loop: 0, main: 0, workers: 0 }));
        one[lane] += (share.part * sample.span * (lane === 'workers' ? sample.threads : 1)) / 1000;
      }
    }
  }
  const sum = (one: { loop: number; main: number; workers: number }) => one.loop + one.main + one.workers;
  return [...all.values()].sort((a, b) => sum(b) - sum(a));
}

interface Colours {
  field: string;
  line: string;
  text: string;
  series: string[];
}

/** As they are now: what a token is depends on dark and light, which only an element's own colour resolves. */
function coloursOf(canvas: HTMLCanvasElement): Colours {
  const get = (name: string): string => {
    canvas.style.color = `var(${name})`;
    return getComputedStyle(canvas).color;
  };
  return {
    field: get('--field'), line: get('--line'), text: get('--ink-2'),
    series: Array.from({ length: seriesCount }, (_, index) => get(`--series-${index + 1}`)),
  };
}

export function draw(canvas: HTMLCanvasElement, timeline: Timeline, now: number, highlight: string): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [width, scale] = [canvas.clientWidth, devicePixelRatio || 1];
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const colours = coloursOf(canvas);
  const x = (at: number): number => width - ((now - at) / Timeline.span) * width;

  context.font = `11px ${getComputedStyle(canvas).fontFamily}`;
  context.fillStyle = colours.text;
  context.textAlign = 'center';
  for (let ago = 15; ago < Timeline.span / 1000; ago += 15) {
    const at = Math.round(x(now - ago * 1000)) + 0.5;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(at, 0);
    context.lineTo(at, height - axisHeight);
    context.stroke();
    context.fillText(`${ago} s ago`, at, height - 6);
  }
  lanes.forEach((lane, index) => {
    const top = index * (laneHeight + laneGap);
    context.fillStyle = colours.field;
    context.fillRect(0, top, width, laneHeight);
    for (const sample of timeline.samples) {
      const [left, right] = [x(sample.at - sample.span), x(sample.at)];
      if (right < 0) continue;
      bar(context, timeline, sample[lane], left, Math.max(1, right - left), top, colours, highlight);
    }
  });
}

function bar(
  context: CanvasRenderingContext2D, timeline: Timeline, shares: Share[], left: number, width: number, top: number, colours: Colours, highlight: string,
) {
  let y = top + laneHeight;
  for (const share of shares) {
    const tall = share.part * laneHeight;
    y -= tall;
    context.globalAlpha = !highlight || highlight === share.who ? 1 : 0.25;
    context.fillStyle = colours.series[timeline.seriesOf(share.who) - 1] ?? colours.text;
    const gap = y + tall < top + laneHeight && tall > 2 * shareGap ? shareGap : 0;
    context.fillRect(left, y, width + 0.5, tall - gap);
  }
  context.globalAlpha = 1;
}

// The page's icons: strokes on a field of 16 by 16, in the colour of the text.

const paths = {
  add: 'M8 3.5v9M3.5 8h9',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  busy: 'M8 2.5v3.2M8 10.3v3.2M2.5 8h3.2M10.3 8h3.2',
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  chevron: 'M6 4l4 4-4 4',
  clock: 'M8 4.5V8l2.3 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  close: 'M4 4l8 8M12 4l-8 8',
  dark: 'M13 9.3A5.4 5.4 0 0 1 6.7 3 5.4 5.4 0 1 0 13 9.3Z',
  down: 'M8 3v10M4.5 9.5 8 13l3.5-3.5',
  error: 'M5.5 5.5l5 5M10.5 5.5l-5 5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  gone: 'M3 3l10 10M5 4.6A5.5 5.5 0 0 0 11.6 11.4M8 2.5A5.5 5.5 0 0 1 13.3 9.5',
  host: 'M2.5 3.5h11v7h-11zM5.5 13h5M8 10.5V13',
  idle: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  launch: 'M5 3.2v9.6L12.5 8Z',
  light: 'M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1M10.7 8A2.7 2.7 0 1 1 5.3 8a2.7 2.7 0 0 1 5.4 0Z',
  live: 'M11 8A3 3 0 1 1 5 8a3 3 0 0 1 6 0Z',
  lock: 'M4 7.5h8v5.5H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3',
  auto: 'M8 2a6 6 0 1 0 0 12ZM8 2a6 6 0 0 1 0 12',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  question: 'M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3M8 11.3v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  run: 'M13.5 8A5.5 5.5 0 1 1 8 2.5',
  search: 'M10.3 10.3 13.5 13.5M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Z',
  skip: 'M4 3.5 9.5 8 4 12.5ZM12 3.5v9',
  step: 'M3.5 8h8M8.5 4.5 12 8l-3.5 3.5',
  stop: 'M4 4h8v8H4z',
  undo: 'M5.5 3 2.5 6l3 3M2.8 6h6.4a4 4 0 0 1 0 8H6.5',
  undoAll: 'M5.5 3 2.5 6l3 3M9 3 6 6l3 3M6.3 6h3.5a3.7 3.7 0 0 1 0 7.4H7',
  up: 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
  warning: 'M8 6v3M8 11.2v.1M8 2.2 14.2 13H1.8Z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

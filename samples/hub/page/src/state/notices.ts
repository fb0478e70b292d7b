// Short sentences that appear for a while at the page's edge.
import { signal } from '@preact/signals';

export interface Notice {
  number: number;
  kind: 'fine' | 'problem';
  text: string;
}

const shownFor = 8000; // ms
const most = 4;
export const notices = signal<Notice[]>([]);
let count = 0;

export function notify(kind: Notice['kind'], text: string): void {
  const notice = { number: (count += 1), kind, text };
  notices.value = [...notices.value, notice].slice(-most);
  setTimeout(() => dismiss(notice.number), shownFor);
}
export function dismiss(number: number): void {
  notices.value = notices.value.filter((notice) => notice.number !== number);
}

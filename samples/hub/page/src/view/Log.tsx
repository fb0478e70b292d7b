// All that an action's commands have logged, as it arrives.
import { signal } from '@preact/signals';
import { VirtualList } from '../list/VirtualList.tsx';
import type { LiveAction } from '../state/action.ts';
import type { JournalLine } from '../state/journal.ts';
import { timeOfDay } from '../state/clock.ts';
import type { LogLine } from '../wire.ts';
import { Icon, type IconName } from './Icon.tsx';

const levels: Record<string, { tone: string; icon: IconName | null; label: string }> = {
  INFO: { tone: 'quiet', icon: null, label: 'Info' },
  WARNING: { tone: 'wait', icon: 'warning', label: 'Warning' },
  ERROR: { tone: 'bad', icon: 'error', label: 'Error' },
  CRITICAL: { tone: 'bad', icon: 'error', label: 'Critical' },
  TRACEBACK: { tone: 'bad', icon: 'error', label: 'Traceback' },
};
const rank: Record<string, number> = { WARNING: 1, ERROR: 2, CRITICAL: 2, TRACEBACK: 2 };

const least = signal(0);
const sought = signal('');
const follows = signal(true);

export function LogText({ line }: { line: LogLine }) {
  const level = levels[line.level] ?? { tone: 'quiet', icon: null, label: line.level };
  return (
    <div class={`log-text tone-${level.tone} ${line.level === 'TRACEBACK' ? 'traceback' : ''}`}>
      {level.icon && <span class="log-level"><Icon name={level.icon} />{level.label}</span>}
      <span class="log-message">{line.message}</span>
    </div>
  );
}

function chosen(action: LiveAction): readonly JournalLine[] {
  action.journal.version.value;
  const wanted = sought.value.trim().toLowerCase();
  const { lines } = action.journal;
  if (least.value === 0 && !wanted) return lines;
  return lines.filter(({ level, message, command }) =>
    (rank[level] ?? 0) >= least.value && (!wanted || message.toLowerCase().includes(wanted) || command.toLowerCase().includes(wanted)));
}

export function Log({ action }: { action: LiveAction }) {
  const lines = chosen(action);
  const levelButton = (value: number, label: string) => (
    <button type="button" aria-pressed={least.value === value} onClick={() => (least.value = value)}>{label}</button>
  );
  return (
    <div class="log">
      <div class="log-tools">
        <div class="segments" role="group" aria-label="Least level">
          {levelButton(0, 'All')}{levelButton(1, 'Warnings')}{levelButton(2, 'Errors')}
        </div>
        <div class="search">
          <Icon name="search" />
          <input type="search" aria-label="Search the log" placeholder="Search the log" value={sought.value}
            onInput={(event) => (sought.value = event.currentTarget.value)} />
        </div>
        <button type="button" class="follow" aria-pressed={follows.value} onClick={() => (follows.value = !follows.value)}>
          <Icon name="down" /> Follow
        </button>
      </div>
      {lines.length === 0 ? (
        <div class="empty">
          <p class="empty-title">{action.journal.lines.length === 0 ? 'Nothing logged yet' : 'No such line'}</p>
          <p>{action.journal.lines.length === 0 ? 'What its commands say appears here as they say it.' : 'Choose another level, or search for something else.'}</p>
        </div>
      ) : (
        <VirtualList key={action.uuid} label="Log" role="log" class="log-lines" count={lines.length}
          identity={`${lines[0]!.number} ${least.value} ${sought.value}`}
          keyOf={(index) => String(lines[index]!.number)} estimate={(index) => 24 + 18 * Math.min(40, lines[index]!.message.split('\n').length - 1)}
          follow={follows.value} onFollow={(to) => (follows.value = to)}
          row={(index) => {
            const line = lines[index]!;
            return (
              <div class="log-line">
                <span class="log-time tabular">{line.at > 0 && timeOfDay(line.at)}</span>
                <span class="log-command" title={line.command}>{line.command}</span>
                <LogText line={line} />
              </div>
            );
          }} />
      )}
    </div>
  );
}

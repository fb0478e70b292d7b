// What holds a host up now, and who does.
import type { Host } from '../state/host.ts';
import { Icon } from './Icon.tsx';
import { Since } from './SideBar.tsx';

export function StallBanner({ host }: { host: Host }) {
  host.version.value;
  const stalls = [...host.stalls.values()];
  if (stalls.length === 0) return null;
  return (
    <>
      {stalls.map((stall) => (
        <div key={stall.kind} class="banner tone-wait" role="status">
          <Icon name="warning" />
          <p>
            <strong>
              {stall.name ? <><q>{stall.name}</q> holds the {stall.kind === 'loop' ? 'loop' : 'main thread'}</>
                : stall.kind === 'loop' ? 'Somebody holds the loop' : 'Something holds the main thread'}
            </strong>{' '}
            for <Since at={stall.since} />. {stall.message}
          </p>
        </div>
      ))}
    </>
  );
}

import { effect } from '@preact/signals';
import { change, settings } from './settings.ts';
import { say, session, snapshot, socket } from './store.ts';

/**
 * The companion forgets when it is restarted: a person who chose to roll by rhythm on this device finds it so again. Said once, to a
 * session that began while this page was away, so that it never undoes what somebody has chosen since; never to a recording.
 */
export function startKeepingProfile(): void {
  let wasAway = true;
  effect(() => {
    if (socket.value.at !== 'open') {
      wasAway = true;
      return;
    }
    const [id, now] = [session.value?.id, snapshot.value];
    if (id === undefined || now === null || now.source === 'replay' || id === settings.peek().profileSession) return;
    change({ profileSession: id });
    if (wasAway && settings.peek().profile === 'rhythm' && now.rhythm === null) say({ type: 'profile', profile: 'rhythm' });
    wasAway = false;
  });
}

import { computed } from '@preact/signals';
import { freshness, isBrisk, retryInS, snapshot } from '../state/store.ts';
import { messageFor, type Message } from './message.ts';

let last: Message | null = null;

/** The message of this moment; the same object as long as it says the same, so that nothing is drawn anew. */
export const currentMessage = computed<Message>(() => {
  const next = messageFor({ freshness: freshness.value, snapshot: snapshot.value, retryInS: retryInS.value, isBrisk: isBrisk.value });
  const isSame = last?.word === next.word && last.reason === next.reason && last.tone === next.tone && last.icon === next.icon;
  return (last = isSame && last !== null ? last : next);
});

import type { JSX } from 'preact';
import { currentMessage } from './current-message.ts';
import { Icon } from './icons.tsx';

/** The largest thing on the screen: icon, word, reason. The word is as large as its length lets it be. */
export function MessageView(): JSX.Element {
  const { icon, word, reason } = currentMessage.value;
  return (
    <section class="message" aria-label="What to do" style={{ '--letters': Math.max(8, word.length) }}>
      <div class="message-fit">
        <Icon name={icon} />
        <h1 class="word">{word}</h1>
        <p class="reason">{reason}</p>
      </div>
    </section>
  );
}

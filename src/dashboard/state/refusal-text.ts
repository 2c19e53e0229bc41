import type { ServerMessage } from '../../server/wire.ts';

/** What a person can do about it is worth more than what went wrong; the rest is told as the service words it. */
const WORDS: Readonly<Record<string, string>> = {
  'no-such-roller': 'That roller is not here. This screen turns to it as soon as it comes',
};

export function refusalText({ code, message }: Extract<ServerMessage, { type: 'error' }>): string {
  if (code === 'claimed') return `${message.charAt(0).toUpperCase()}${message.slice(1)}: only pain can be told from here`;
  return WORDS[code] ?? message;
}

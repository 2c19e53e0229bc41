import type { SnapshotMessage } from '../../server/wire.ts';

/** How a person hears of a link. */
export const LINK_WORDS: Readonly<Record<SnapshotMessage['link'], string>> = {
  idle: 'not linked',
  scanning: 'looking',
  connecting: 'connecting',
  discovering: 'connecting',
  subscribing: 'connecting',
  streaming: 'linked',
  lost: 'lost',
  waiting: 'lost',
  closed: 'closed',
};

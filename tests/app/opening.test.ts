import { expect, it } from 'vitest';
import { addToOpening, createOpening, openingEvents } from '../../src/app/opening.ts';
import type { CommandEvent, PipelineInput } from '../../src/pipeline.ts';

const said = (text: string): CommandEvent => ({ type: 'command', command: { type: 'marker', text }, arrivalS: 0 });
const linkIs = (state: 'scanning' | 'connecting' | 'lost'): PipelineInput => ({ type: 'state', state, reason: null, arrivalS: 0 });
const infoOf = (byte: number): PipelineInput => ({ type: 'frame', characteristic: 'info', bytes: Uint8Array.of(byte), arrivalS: 0 });

function openingOf(inputs: readonly PipelineInput[]): readonly PipelineInput[] {
  const opening = createOpening();
  for (const input of inputs) addToOpening(opening, input);
  return openingEvents(opening);
}

it('what stands before the first samples is in the order in which it came, without what the roller said anew before anyone spoke', () => {
  const [first, second] = [said('one'), said('two')];
  expect(openingOf([linkIs('scanning'), infoOf(1), linkIs('connecting'), first, infoOf(2), second, linkIs('lost'), infoOf(3), infoOf(4)]))
    .toEqual([infoOf(1), linkIs('connecting'), first, infoOf(2), second, linkIs('lost'), infoOf(4)]);
});

it('is no longer than a day of words, of which the latest count, after what the roller said', () => {
  const words = Array.from({ length: 5000 }, (_, index) => said(String(index)));
  expect(openingOf(words.flatMap((word) => [infoOf(1), linkIs('scanning'), word]))).toHaveLength(3 * 1440);
  expect(openingOf([infoOf(1), ...words])).toEqual([infoOf(1), ...words.slice(-1440)]);
});

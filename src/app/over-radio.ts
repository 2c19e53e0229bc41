import type { Clock } from '../clock.ts';
import type { Radio } from './radio.ts';
import type { Source } from './source.ts';

/** What stations over a radio have in common. `device` as `radio.link` takes it. */
export function overRadio(radio: Radio, device: string | null, clock: Clock): Omit<Source, 'kind' | 'start'> {
  const link = radio.link(device);
  return { scenario: null, seed: null, inputs$: link.events$, request: link.request, clock, script: null, meet: link.meet, transport: null };
}

import type { Run } from '../command.ts';
import { starring } from './sessions-star.ts';

export const run: Run = (invocation, io) => starring(invocation, io, false);

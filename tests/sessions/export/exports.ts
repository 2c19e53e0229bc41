import { defaultCoachingConfig } from '../../../src/coaching/parameters.ts';
import type { ExportOptions } from '../../../src/sessions/export/export.ts';
import { runForExport, type SessionRun } from '../../../src/sessions/export/session-run.ts';
import type { RunConfig } from '../../../src/sessions/summary/summarize.ts';
import { simulated } from '../simulated.ts';

export const CONFIG: RunConfig = { coaching: defaultCoachingConfig, overrides: {} };

export const options = (format: ExportOptions['format'], more: Partial<ExportOptions> = {}): ExportOptions => ({ format, config: CONFIG, ...more });

export const runOf = (...args: Parameters<typeof simulated>): SessionRun => runForExport(simulated(...args), CONFIG);

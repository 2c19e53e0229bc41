import { loadConfig, overridesOf } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { exportRecording } from '../../sessions/export/export.ts';
import { saveExport } from '../../sessions/export/save.ts';
import { readRecording } from '../../sessions/reader.ts';
import { replayConfig } from '../../sessions/replay-config.ts';
import { ownValues, type Run } from '../command.ts';
import { EXPORT_FLAGS } from '../flags.ts';
import { outFile } from '../out-file.ts';

export const run: Run = async (invocation, io) => {
  const [file = ''] = invocation.operands;
  const { format, out, raw = false, derived = !raw } = ownValues(EXPORT_FLAGS, invocation);
  if (raw && format !== 'csv') throw new AppError('E_USAGE', `--raw is not for ${format}`, 'leave it out, or choose --format csv');
  if (raw === derived) throw new AppError('E_USAGE', '--raw and --derived exclude each other', 'give one of them');
  const target = await outFile(out, { source: file, what: 'the recording' });
  const config = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const recording = await readRecording(file);
  if (recording.damage !== null) io.err(`smart-roller: warning: ${file}: ${recording.damage}; exported as far as it goes`);
  const judging = replayConfig(recording.meta, { coaching: config.coaching, overrides: overridesOf(config) });
  const exported = exportRecording(recording, { format, raw, config: judging });
  for (const written of await saveExport(target, exported)) io.out(`${written}\n`);
  return 0;
};

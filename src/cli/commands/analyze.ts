import { loadConfig, overridesOf } from '../../config.ts';
import { readRecording } from '../../sessions/reader.ts';
import { replayConfig } from '../../sessions/replay-config.ts';
import { analyze } from '../analysis.ts';
import { analysisText } from '../analysis-text.ts';
import { ownValues, type Run } from '../command.ts';
import { ANALYZE_FLAGS } from '../flags.ts';

export const run: Run = async (invocation, io) => {
  const [file = ''] = invocation.operands;
  const { json, motion } = ownValues(ANALYZE_FLAGS, invocation);
  const config = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const recording = await readRecording(file);
  if (recording.damage !== null) io.err(`smart-roller: warning: ${file}: ${recording.damage}; analysed as far as it goes`);
  const analysis = analyze(recording, replayConfig(recording.meta, { coaching: config.coaching, overrides: overridesOf(config) }), motion ?? false);
  io.out(json ? `${JSON.stringify(analysis)}\n` : analysisText(file, analysis));
  return 0;
};

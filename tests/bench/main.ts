import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { benchLibrary } from './library.ts';
import { benchLink } from './link.ts';
import { measureLive } from './live.ts';
import { benchRecording } from './recording.ts';
import { measureThroughput } from './throughput.ts';

/**
 * npm run bench [-- link|recording|library]: prints how fast things are, how the link bears faults, or what an hour's recording or a library of
 * a thousand sessions takes, and fails only where something was lost or left: machines are noisy, so times are told and never judged.
 */
const BENCHES: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  service: benchService, link: benchLink, recording: benchRecording, library: benchLibrary,
};
const LIVE_S = 60;

const [, , name = 'service'] = process.argv;
const bench = BENCHES[name];
const complaints = bench === undefined ? [`there is no bench ${name}: choose one of ${Object.keys(BENCHES).join(', ')}`] : await bench();
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

/** Writes docs/performance.md. */
async function benchService(): Promise<readonly string[]> {
  const live = await measureLive(LIVE_S);
  const throughput = await measureThroughput();
  const latencies = live.cueLatenciesMs.map(({ kind, tS, ms }) => `| ${kind} | ${tS.toFixed(1)} | ${ms.toFixed(1)} |`);

  const text = `# Performance

Written by \`npm run bench\`; do not edit by hand. One run on one machine (Node ${process.versions.node}): compare ratios, not times.

## The live service

\`smart-roller serve\` with the default source for ${live.seconds} s: virtual roller, software radio, noble, pipeline, recording and one WebSocket client.

| | |
|---|---|
| notifications | ${live.notifications} (${live.perSecond.toFixed(1)} a second) |
| lost | ${live.lost} |
| snapshots at the client | ${live.snapshots} (${(live.snapshots / live.seconds).toFixed(1)} a second) |
| share of one core | ${live.cpuShare === null ? 'not told by this system' : `${(100 * live.cpuShare).toFixed(1)} %`} |

From the arrival of the frame that made a cue due to the cue's message at the client:

| cue | due at s | ms |
|---|---|---|
${latencies.join('\n')}

## The path, without waiting

The tour's frames through more and more of the path, best of five rounds.

| | us a frame | against bare decoding |
|---|---|---|
${throughput.map(({ what, usPerFrame, ratio }) => `| ${what} | ${usPerFrame.toFixed(2)} | ${ratio.toFixed(1)} |`).join('\n')}
`;

  console.log(text);
  writeFileSync(path.resolve(import.meta.dirname, '../../../docs/performance.md'), text);

  return [
    ...(live.lost > 0 ? [`${live.lost} notifications were lost`] : []),
    ...(live.cueLatenciesMs.some(({ kind }) => kind === 'too-fast') ? [] : ['no too-fast cue reached the client']),
    ...(live.notifications < 0.9 * 50 * LIVE_S ? [`only ${live.notifications} notifications in ${LIVE_S} s`] : []),
  ];
}

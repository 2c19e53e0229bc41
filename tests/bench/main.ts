import { benchLibrary } from './library.ts';
import { benchLink } from './link.ts';
import { measureLive } from './live.ts';
import { benchRecording } from './recording.ts';
import { takeSaid, writePage, type Part } from './report.ts';
import { measureThroughput } from './throughput.ts';

interface Measured {
  readonly part: Part;
  /** What was lost or left; empty: nothing. */
  readonly complaints: readonly string[];
}
type Bench = () => Promise<Measured>;

/**
 * npm run bench [-- NAME]: prints how fast things are and writes it to docs/performance.md, and fails only where something was lost or
 * left: machines are noisy, so times are told and never judged. The link's takes minutes, and is run by its name alone.
 */
const BENCHES: Readonly<Record<string, Bench>> = {
  service: benchService,
  recording: listed('An hour of recording', benchRecording),
  library: listed('A library of a thousand sessions', benchLibrary),
  link: listed('A link that fails', benchLink),
};
const USUAL = ['service', 'recording', 'library'];
const LIVE_S = 60;

const [, , ...named] = process.argv;
for (const name of named.length > 0 ? named : USUAL) {
  const bench = BENCHES[name];
  const { part, complaints } = bench === undefined ? noSuchBench(name) : await bench();
  writePage(part);
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
}

function noSuchBench(name: string): Measured {
  return { part: {}, complaints: [`there is no bench ${name}: choose of ${Object.keys(BENCHES).join(', ')}`] };
}

/** A bench that says lines. */
function listed(heading: keyof Part, bench: () => Promise<readonly string[]>): Bench {
  return async () => {
    const complaints = await bench();
    return { part: { [heading]: takeSaid() }, complaints };
  };
}

async function benchService(): Promise<Measured> {
  const live = await measureLive(LIVE_S);
  const throughput = await measureThroughput();
  const latencies = live.cueLatenciesMs.map(({ kind, tS, ms }) => `| ${kind} | ${tS.toFixed(1)} | ${ms.toFixed(1)} |`);

  const service = `\`smart-roller serve\` with the default source for ${live.seconds} s: virtual roller, software radio, noble, pipeline, recording and one WebSocket client.

| | |
|---|---|
| notifications | ${live.notifications} (${live.perSecond.toFixed(1)} a second) |
| lost | ${live.lost} |
| snapshots at the client | ${live.snapshots} (${(live.snapshots / live.seconds).toFixed(1)} a second) |
| share of one core | ${live.cpuShare === null ? 'not told by this system' : `${(100 * live.cpuShare).toFixed(1)} %`} |

From the arrival of the frame that made a cue due to the cue's message at the client:

| cue | due at s | ms |
|---|---|---|
${latencies.join('\n')}`;

  const steps = `The tour's frames through more and more of the path, best of five rounds.

| | us a frame | against bare decoding |
|---|---|---|
${throughput.map(({ what, usPerFrame, ratio }) => `| ${what} | ${usPerFrame.toFixed(2)} | ${ratio.toFixed(1)} |`).join('\n')}`;

  console.log(`${service}\n\n${steps}`);
  return {
    part: { 'The live service': service, 'The path, without waiting': steps },
    complaints: [
      ...(live.lost > 0 ? [`${live.lost} notifications were lost`] : []),
      ...(live.cueLatenciesMs.some(({ kind }) => kind === 'too-fast') ? [] : ['no too-fast cue reached the client']),
      ...(live.notifications < 0.9 * 50 * LIVE_S ? [`only ${live.notifications} notifications in ${LIVE_S} s`] : []),
    ],
  };
}

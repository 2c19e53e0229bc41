import { SENSOR_FAULTS } from '../guide/calibration-words.ts';
import { GROUPS } from '../guide/groups.ts';
import type { PipelineSummary } from '../pipeline.ts';
import type { Analysis } from './analysis.ts';
import { cueText } from './cue-text.ts';

const row = (name: string, value: string): string => `  ${name.padEnd(21)}${value}`;

/** The analysis in words for a person. */
export function analysisText(file: string, { source, durationS, roller, quality, groups, cues }: Analysis): string {
  const { frames, lost, decodeFaults, gaps, sensorFaults } = quality;
  return [
    `${file}: ${source}, ${durationS.toFixed(1)} s`,
    row(
      'roller',
      roller === null
        ? 'unknown'
        : `${roller.name}, ${roller.texture}, radius ${roller.radiusCm} cm, ${roller.hasPressure ? 'with' : 'without'} pressure cells`,
    ),
    row('frames', `${frames} read, ${lost} lost, ${decodeFaults} faulty, ${gaps} gaps`),
    ...sensorFaults.map(({ kind, cells }) => row(cells.length > 0 ? `cell ${cells.join(', ')}` : 'force', SENSOR_FAULTS[kind])),
    ...groups.flatMap(groupText),
    ...(groups.length === 0 ? ['', 'No contact: nothing was rolled.'] : []),
    '',
    cues.length === 0 ? 'No cues.' : 'Cues',
    ...cues.map(cueText),
    '',
  ].join('\n');
}

function groupText({
  group,
  side,
  activeS,
  sets,
  strokes,
  speed,
  longestDwellS,
  load,
  coverage,
}: PipelineSummary['groups'][number]): string[] {
  const loadText =
    load === null
      ? null
      : load.meanPctBw !== null
        ? `mean ${load.meanPctBw.toFixed(0)} % of body weight, over the limit ${load.overS.toFixed(1)} s`
        : load.meanN !== null
          ? `mean ${load.meanN.toFixed(0)} N, over the limit ${load.overS.toFixed(1)} s`
          : null;
  return [
    '',
    `${GROUPS[group].name}, ${side}`,
    row('active', `${activeS.toFixed(1)} s in ${sets} set${sets === 1 ? '' : 's'}, ${strokes} strokes`),
    row(
      'speed',
      `mean ${speed.meanCmS.toFixed(1)}, 95 % below ${speed.p95CmS.toFixed(1)} cm/s, too fast for ${speed.tooFastS.toFixed(1)} s`,
    ),
    row('longest on one area', `${longestDwellS.toFixed(1)} s`),
    ...(loadText === null ? [] : [row('load', loadText)]),
    ...(coverage === null ? [] : [row('coverage', `${(coverage * 100).toFixed(0)} % of the path`)]),
  ];
}

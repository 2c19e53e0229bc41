import { importCsv, type ImportReport } from '../../sessions/import/import.ts';
import { SOFTWARE } from '../../version.ts';
import { ownValues, type Run } from '../command.ts';
import { IMPORT_FLAGS } from '../flags.ts';
import { outFile } from '../out-file.ts';

export const run: Run = async (invocation, io) => {
  const [file = ''] = invocation.operands;
  const { out, radiusMm, axis = 'auto', zoneAreaCm2 = null, flip = [], mountMm = null } = ownValues(IMPORT_FLAGS, invocation);
  const target = await outFile(out, { source: file, what: 'the CSV' });
  const report = await importCsv({ file, out: target, radiusMm, axis, zoneAreaCm2, flips: flip, mountMm, software: SOFTWARE });
  io.out(`${out}: ${describe(report)}\n`);
  if (report.info.cells.length > 0 && zoneAreaCm2 === null) {
    const areaCm2 = ((report.info.cells[0]?.areaMm2 ?? 0) / 100).toFixed(1);
    io.err(`smart-roller: note: zones of ${areaCm2} cm2 are assumed; forces are as good as that; give --zone-area-cm2`);
  }
  return 0;
};

function describe({ rows, durationS, logged, gaps, info, ignored }: ImportReport): string {
  return [
    `${rows} rows, ${durationS.toFixed(2)} s at ${(info.imuRateMilliHz / 1000).toFixed(3)} Hz`,
    ...(logged === 'arrival' ? ['t_s are arrival times: even sample times were fitted'] : []),
    ...(gaps > 0 ? [`${gaps} gap${gaps > 1 ? 's' : ''}`] : []),
    `turns about ${info.axis}`,
    info.cells.length > 0 ? `${info.cells.length} pressure zones` : 'no pressure: contact is assumed',
    ...(ignored.length > 0 ? [`columns left out: ${ignored.join(' ')}`] : []),
  ].join(', ');
}

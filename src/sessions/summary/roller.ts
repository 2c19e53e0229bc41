import type { PipelineView } from '../../pipeline.ts';
import type { RollerDescription } from './summary.ts';

/** The roller of a session, with the radius in force; null where none has said what it is. */
export function rollerOf({ info, roller, radiusCm }: PipelineView): RollerDescription | null {
  if (info === null) return null;
  return {
    id: roller?.id ?? info.deviceId,
    name: roller?.name ?? 'Roller',
    tool: info.tool,
    texture: info.texture,
    radiusCm: radiusCm ?? info.radiusMm / 10,
    hasPressure: info.cells.length > 0,
    firmware: roller?.firmware ?? null,
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCircle, importsOf, type SourceFile } from './imports.ts';
import { breaksOf } from './laws.ts';

const root = path.resolve(import.meta.dirname, '../..');

const sources: SourceFile[] = ['firmware-protocol', 'simulators', 'src', 'tests'].flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.posix.join(room, ...name.split(path.sep)))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') })),
);
const edges = sources.flatMap(importsOf);

describe('the rooms of the house', () => {
  it('are read whole', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(edges.length).toBeGreaterThan(60);
  });

  it('import only what they may', () => expect(breaksOf(sources, edges)).toEqual([]));

  it('have no circles', () => expect(findCircle(edges)).toBeNull());
});

describe('the laws themselves', () => {
  const judge = (file: string, text: string): string[] => breaksOf([{ file, text }], importsOf({ file, text }));

  it.each([
    ['src/motion/a.ts', "import { readFileSync } from 'node:fs';"],
    ['src/motion/a.ts', "import { decodeInfo } from '../../firmware-protocol/info.ts';"],
    ['src/motion/a.ts', 'const now = Date.now();'],
    ['src/coaching/a.ts', "import { stepMotion } from '../motion/motion.ts';"],
    ['src/coaching/a.ts', 'const chance = Math.random();'],
    ['src/link/supervise.ts', "const noble = await import('@abandonware/noble');"],
    ['src/server/a.ts', "const noble = require('@abandonware/noble/with-bindings');"],
    ['src/link/ble/noble.ts', "const bleno = await import('@abandonware/bleno');"],
    ['src/cli/commands/advertise.ts', "const bleno = require('@abandonware/bleno/lib/characteristic.js');"],
    ['src/peripheral/a.ts', "const noble = require('@abandonware/noble');"],
    ['src/peripheral/a.ts', "import { createVirtualRoller } from '../../simulators/roller/roller.ts';"],
    ['src/server/hub.ts', "import { startCompanion } from '../app.ts';"],
    ['src/dashboard/a.tsx', "import { clientMessage } from '../server/wire.ts';"],
    ['simulators/body/a.ts', "import { rules } from '../../src/coaching/rules.ts';"],
    ['firmware-protocol/a.ts', "export { z } from 'zod';"],
    ['src/coaching/a.ts', "let x: import('../server/wire.ts').SnapshotMessage;"],
  ])('%s may not: %s', (file, text) => expect(judge(file, text)).not.toEqual([]));

  it.each([
    ['src/motion/a.ts', "import type { RollerInfo } from '../../firmware-protocol/info.ts';\nimport { map } from 'rxjs';\n// Date is only a word here"],
    ['src/coaching/a.ts', "import type { MotionTick } from '../motion/tick.ts';\nimport { GROUPS } from '../guide/groups.ts';"],
    ['src/link/ble/noble.ts', "const noble = await import('@abandonware/noble');"],
    ['src/peripheral/bleno.ts', "const bleno = require('@abandonware/bleno/lib/characteristic.js');"],
    ['src/dashboard/a.tsx', "import type { ServerMessage } from '../server/wire.ts';"],
    ['src/cli/commands/serve.ts', "import { startCompanion } from '../../app.ts';"],
  ])('%s may: %s', (file, text) => expect(judge(file, text)).toEqual([]));

  it('find a circle over three files, whatever kind of import closes it', () => {
    const ring = [
      { file: 'src/a.ts', text: "import './b.ts';" },
      { file: 'src/b.ts', text: "export { c } from './c.ts';" },
      { file: 'src/c.ts', text: "import type { A } from './a.ts';" },
    ].flatMap(importsOf);
    expect(findCircle(ring)).toEqual(['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/a.ts']);
    expect(findCircle(ring.slice(0, 2))).toBeNull();
  });
});

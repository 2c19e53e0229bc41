import { cHeader } from './c-header.ts';
import { renewSpec } from './spec.ts';
import { exchanges, vectorFiles } from './vectors.ts';

/** Every generated file of the protocol by its path within `firmware-protocol/`; `spec` is SPEC.md as it stands. */
export const generatedFiles = (spec: string): Readonly<Record<string, string>> => ({
  'SPEC.md': renewSpec(spec),
  'roller_protocol.h': cHeader(),
  ...Object.fromEntries(
    vectorFiles().map(({ frame, valid, invalid }) => [`vectors/${frame}.json`, json(`"frame": "${frame}"`, { valid, invalid })]),
  ),
  'vectors/exchanges.json': json(null, { exchanges: exchanges() }),
});

/** JSON with one vector a line, so that a change of one is a change of one line. */
function json(head: string | null, lists: Readonly<Record<string, readonly unknown[]>>): string {
  const parts = Object.entries(lists).map(
    ([name, list]) => `"${name}": [\n${list.map((each) => `    ${JSON.stringify(each)}`).join(',\n')}\n  ]`,
  );
  return `{\n  ${[...(head === null ? [] : [head]), ...parts].join(',\n  ')}\n}\n`;
}

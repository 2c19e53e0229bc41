import path from 'node:path';
import { parseSync } from 'vite';

/** An import between two files of the project, or from a file to a package. */
export interface ImportEdge {
  /** File that imports, relative to the root. */
  readonly from: string;
  /** File imported, relative to the root, or the package's name. */
  readonly to: string;
  readonly isPackage: boolean;
  /** Nothing of it is left at run time. */
  readonly typesOnly: boolean;
}

/** A source file, relative to the root. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const IMPORT_TYPE = /\bimport\(\s*['"]([^'"]+)['"]\s*\)\s*\./g;

/** Every import of a file: static, re-exporting, dynamic and `require`, by a real parser. */
export function importsOf({ file, text }: SourceFile): ImportEdge[] {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const edges: ImportEdge[] = [];
  const add = (specifier: string, typesOnly: boolean): void => void edges.push({ ...resolve(file, specifier), from: file, typesOnly });
  for (const { moduleRequest, entries, start } of module.staticImports) {
    add(moduleRequest.value, /^import\s+type\b/.test(text.slice(start)) || (entries.length > 0 && entries.every((entry) => entry.isType)));
  }
  for (const { entries } of module.staticExports) {
    for (const entry of entries) if (entry.moduleRequest) add(entry.moduleRequest.value, entry.isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal) add(literal[2] as string, false);
  }
  for (const [, specifier] of text.matchAll(IMPORT_TYPE)) add(specifier as string, true);
  for (const [, specifier] of text.matchAll(/\brequire(?:\.resolve)?\(\s*['"]([^'"]+)['"]\s*\)/g)) add(specifier as string, false);
  return edges;
}

function resolve(file: string, specifier: string): { to: string; isPackage: boolean } {
  if (specifier.startsWith('.')) return { to: path.posix.join(path.posix.dirname(file), specifier), isPackage: false };
  if (specifier.startsWith('node:')) return { to: specifier, isPackage: true };
  return { to: specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/'), isPackage: true };
}

/** The first circle found among the edges, as the files along it; null when there is none. */
export function findCircle(edges: readonly ImportEdge[]): string[] | null {
  const next = new Map<string, string[]>();
  for (const { from, to, isPackage } of edges) if (!isPackage) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const walk = (file: string, trail: string[]): string[] | null => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const to of next.get(file) ?? []) {
      const circle = walk(to, [...trail, file]);
      if (circle) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of next.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return null;
}

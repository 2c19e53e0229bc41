import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A Chromium to drive, and the environment it needs. */
export interface FoundBrowser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const SYSTEM_BROWSERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/microsoft-edge', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * `CHROME_PATH` if set; else, on Linux x64, the Chromium that comes with npm (@sparticuz/chromium), unpacked once;
 * else a Chrome, Chromium or Edge of the system.
 * @throws with what to do when there is none.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') return { executablePath: chosen, env: {} };
  if (platform() === 'linux' && arch() === 'x64') return bundledBrowser();
  const found = SYSTEM_BROWSERS[platform()]?.find((candidate) => existsSync(candidate));
  if (found !== undefined) return { executablePath: found, env: {} };
  throw new Error('No browser found for the browser tests: install Chrome or Chromium, or set CHROME_PATH to its executable.');
}

async function bundledBrowser(): Promise<FoundBrowser> {
  const home = path.join(nodeModules(), '.cache', `smart-roller-chromium-${bundledVersion()}`);
  if (!existsSync(home)) await unpack(home);
  const executablePath = path.join(home, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: path.join(home, 'fonts.conf') };
  if (await lacksLibraries(executablePath)) env['LD_LIBRARY_PATH'] = path.join(home, 'al2023', 'lib');
  return { executablePath, env };
}

/** Unpacked beside its place, then renamed into it: of several processes one wins, and none sees a half. */
async function unpack(home: string): Promise<void> {
  const draft = `${home}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    await unpackInto(draft);
    await writeFile(path.join(draft, 'fonts.conf'), fontsConf(home));
    await rename(draft, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The package unpacks into TMPDIR, and brings its own NSS libraries only where it believes itself in a Lambda of Node 20. */
async function unpackInto(folder: string): Promise<void> {
  const script = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: path.dirname(nodeModules()),
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
  });
}

async function lacksLibraries(executablePath: string): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ldd', [executablePath]);
  return stdout.includes('not found');
}

/** The package's own fonts.conf names a folder that is not ours. */
function fontsConf(home: string): string {
  const folders = ['/usr/share/fonts', path.join(home, 'fonts')].map((folder) => `<dir>${folder}</dir>`).join('');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${home}/font-cache</cachedir></fontconfig>\n`;
}

function bundledVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)(path.join(nodeModules(), '@sparticuz/chromium/package.json'));
  return (manifest as { version: string }).version;
}

function nodeModules(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  return entry.slice(0, entry.lastIndexOf(`node_modules${path.sep}`) + 'node_modules'.length);
}

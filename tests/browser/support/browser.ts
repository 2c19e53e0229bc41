import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

const QUIET_FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--hide-scrollbars',
];

/** What does not happen within this does not happen. */
const STEP_TIMEOUT_MS = 10_000;

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    env: { ...definedEnv(), ...env },
    args: isRoot ? [...QUIET_FLAGS, '--no-sandbox'] : QUIET_FLAGS,
  });
}

/** The bundled Chromium calls its locale `en-US@posix`, which `Intl` refuses; reduced motion makes pictures repeatable. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  return context.newPage();
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

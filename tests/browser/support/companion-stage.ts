import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startCompanionProcess, type CompanionProcess } from '../../support/companion-process.ts';
import { launchBrowser, openPage } from './browser.ts';
import { complaintsOf } from './complaints.ts';

export interface CompanionStageOptions extends BrowserContextOptions {
  /** Of the service, which is told of a folder that is there for the file's tests. */
  readonly flags: (folder: string) => readonly string[];
  /** Puts something into that folder before the service starts. */
  readonly prepare?: (folder: string) => Promise<unknown>;
}

/** The real service, and a browser with a page: there from before the first test until after the last. */
export interface CompanionStage {
  readonly browser: Browser;
  readonly companion: CompanionProcess;
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly folder: string;
}

/** To be called once, at the top of a test file. The page is empty yet. */
export function setCompanionStage({ flags, prepare, ...context }: CompanionStageOptions): CompanionStage {
  let browser: Browser;
  let companion: CompanionProcess;
  let page: Page;
  let complaints: string[];
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'smart-roller-stage-'));
    await prepare?.(folder);
    [browser, companion] = await Promise.all([launchBrowser(), startCompanionProcess({ flags: flags(folder) })]);
    page = await openPage(browser, context);
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await browser?.close();
    await companion?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    get browser() {
      return browser;
    },
    get companion() {
      return companion;
    },
    get page() {
      return page;
    },
    get complaints() {
      return complaints;
    },
    get folder() {
      return folder;
    },
  };
}

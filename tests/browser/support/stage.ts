import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { ClientMessage } from '../../../src/server/wire.ts';
import { launchBrowser } from './browser.ts';
import { startFakeHub, type FakeHub } from './fake-hub.ts';
import { openPosedPage, type PosedPage } from './posed-page.ts';
import { POSES } from './poses.ts';

export interface StageOptions extends BrowserContextOptions {
  /** Each test has a hub and a page of its own; otherwise they last for the file. */
  readonly anew?: boolean;
}

/** A browser with a page that a hub poses for: there from before the first test until after the last. */
export interface Stage {
  readonly browser: Browser;
  readonly hub: FakeHub;
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly show: PosedPage['show'];
  /** What pages said since the test began, without the resume of their greeting. */
  readonly said: () => ClientMessage[];
}

/** To be called once, at the top of a test file. */
export function setStage({ anew = false, ...context }: StageOptions = {}): Stage {
  let browser: Browser;
  let hub: FakeHub;
  let posed: PosedPage;
  const set = async (): Promise<void> => {
    hub = await startFakeHub(POSES.good);
    posed = await openPosedPage(browser, hub, context);
  };
  const clear = async (): Promise<void> => {
    await posed?.page.context().close();
    await hub?.close();
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    if (!anew) await set();
  });
  beforeEach(async () => {
    if (anew) await set();
    hub.heard.length = 0;
  });
  if (anew) afterEach(clear);
  afterAll(async () => {
    if (!anew) await clear();
    await browser?.close();
  });

  return {
    get browser() {
      return browser;
    },
    get hub() {
      return hub;
    },
    get page() {
      return posed.page;
    },
    get complaints() {
      return posed.complaints;
    },
    show: (name) => posed.show(name),
    said: () => hub.heard.filter(({ type }) => type !== 'resume'),
  };
}

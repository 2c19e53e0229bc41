import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { complaintsOf } from './complaints.ts';
import type { FakeHub } from './fake-hub.ts';
import { POSES, type PoseName } from './poses.ts';

/** A page for someone who has read the note; `complaints` fills with the errors that it meets. */
export interface PosedPage {
  readonly page: Page;
  readonly complaints: string[];
  /** Loads the page anew in this state, and waits until it is drawn. */
  show(name: PoseName): Promise<void>;
}

export async function openPosedPage(browser: Browser, hub: FakeHub, options: BrowserContextOptions = {}): Promise<PosedPage> {
  const page = await openPage(browser, options);
  const complaints = complaintsOf(page);
  await page.addInitScript(`localStorage.setItem('smart-roller.settings', JSON.stringify({ noteRead: true }))`);
  return {
    page,
    complaints,
    async show(name) {
      hub.pose(POSES[name]);
      await page.goto(hub.url);
      await page.locator(name === 'stopped' ? '.ended' : '[data-testid=speed]').waitFor();
      await page.evaluate('document.fonts.ready.then(() => undefined)');
    },
  };
}

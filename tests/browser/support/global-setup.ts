import { findBrowser } from './find-browser.ts';

/** Unpacks the browser once, before the workers could race for it. */
export default async function setup(): Promise<void> {
  await findBrowser();
}

import type { Page } from 'playwright-core';

/** A piece of visible text: where it is, and its colour as the browser computes it. */
interface PaintedText {
  readonly text: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextContrast {
  readonly text: string;
  readonly ratio: number;
}

/** Share of a text's background that may be worse: a tick or a marker that reaches into the corner of its box. */
const TRIMMED = 0.04;

/**
 * Contrast of every visible text against what is really painted behind it, gradients and plates included: the page is pictured
 * with its text made transparent, and the worst background of each text counts. `painter` is an empty page that reads pixels.
 */
export async function measureTextContrast(page: Page, painter: Page): Promise<TextContrast[]> {
  const texts = await visibleTexts(page);
  await setTextHidden(page, true);
  const picture = (await page.screenshot()).toString('base64');
  await setTextHidden(page, false);
  const ratios = await worstRatios(painter, picture, texts);
  return texts.map(({ text }, index) => ({ text, ratio: ratios[index] ?? 0 }));
}

/** Runs in the page, where the types of the DOM are not known to this program; text under a sheet is not visible. */
const visibleTexts = (page: Page): Promise<PaintedText[]> =>
  page.locator('html').evaluate((html) => {
    const { ownerDocument: document } = html;
    const view = document.defaultView;
    const walker = document.createTreeWalker(document.body, 4);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent.trim();
      const element = node.parentElement;
      if (text === '' || element.closest('.unseen, noscript, :disabled')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (box.width < 2 || top === null || !(element.contains(top) || top.contains(element))) continue;
      const style = view.getComputedStyle(element);
      const { x, y, width, height } = box;
      found.push({ text, color: element.closest('svg') ? style.fill : style.color, x, y, width, height });
    }
    return found;
  });

/** A constructed sheet passes the page's content security policy; a style element would not. */
const setTextHidden = (page: Page, isHidden: boolean): Promise<void> =>
  page.locator('html').evaluate((html, hidden) => {
    const { ownerDocument: document } = html;
    const sheet = new document.defaultView.CSSStyleSheet();
    sheet.replaceSync('* { -webkit-text-fill-color: transparent !important; } text { fill: transparent !important; }');
    document.adoptedStyleSheets = hidden ? [sheet] : [];
  }, isHidden);

/** Runs in the painter's page. Ratios after WCAG 2.2, "relative luminance" and "contrast ratio". */
const worstRatios = (painter: Page, picture: string, texts: readonly PaintedText[]): Promise<number[]> =>
  painter.locator('html').evaluate(
    async (html, input) => {
      const { ownerDocument: document } = html;
      const view = document.defaultView;
      const bytes = Uint8Array.from(view.atob(input.picture), (letter: string) => letter.charCodeAt(0));
      const bitmap = await view.createImageBitmap(new view.Blob([bytes]));
      const canvas = new view.OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(bitmap, 0, 0);

      const linear = (byte = 0): number => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
      const luminance = (data: Uint8ClampedArray, at: number): number =>
        0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]);
      const brush = new view.OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

      return input.texts.map(({ color, x, y, width, height }) => {
        brush.fillStyle = color;
        brush.fillRect(0, 0, 1, 1);
        const ink = luminance(brush.getImageData(0, 0, 1, 1).data, 0);
        const { data } = context.getImageData(Math.floor(x), Math.floor(y), Math.ceil(width), Math.ceil(height));
        const ratios: number[] = [];
        for (let at = 0; at < data.length; at += 4) {
          const ground = luminance(data, at);
          ratios.push((Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05));
        }
        ratios.sort((a, b) => a - b);
        return ratios[Math.floor(input.trimmed * ratios.length)] ?? 0;
      });
    },
    { picture, texts, trimmed: TRIMMED },
  );

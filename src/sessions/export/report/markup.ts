/** Text that is markup already; whatever else is put into markup is escaped. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!).replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\u{10ffff}]/gu, '\ufffd');

/** HTML or SVG: html`<p>${text}</p>`. Lists are put one after the other, null is nothing; attributes have to be quoted. */
export const html = (literals: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: literals.reduce((whole, literal, index) => whole + rendered(parts[index - 1] ?? null) + literal),
});

function rendered(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(rendered).join('');
}

import { html, type Markup } from './markup.ts';

/** A coordinate with as many digits as a printer has dots for, mm. */
export const mm = (value: number): number => Math.round(value * 100) / 100;

/** A rectangle; one that would be inside out is empty. */
export const rect = (kind: string, x: number, y: number, width: number, height: number): Markup =>
  html`<rect class="${kind}" x="${mm(x)}" y="${mm(y)}" width="${mm(Math.max(0, width))}" height="${mm(Math.max(0, height))}"/>`;

/** `kind`: where it is anchored, and how it looks. */
export const label = (x: number, y: number, content: string | number, kind = ''): Markup =>
  html`<text class="${kind}" x="${mm(x)}" y="${mm(y)}">${content}</text>`;

export const across = (kind: string, x: number, y: number, toX: number): Markup =>
  html`<path class="${kind}" d="M${mm(x)} ${mm(y)}H${mm(toX)}"/>`;
export const down = (kind: string, x: number, y: number, toY: number): Markup =>
  html`<path class="${kind}" d="M${mm(x)} ${mm(y)}V${mm(toY)}"/>`;

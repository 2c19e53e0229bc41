import { signal } from '@preact/signals';

/** Which sheet lies over the live view. The safety stop is none of them: it follows the session. */
export type SheetName = 'chooser' | 'pain' | 'settings' | 'calibrate' | 'rollers' | 'mark';
export const sheet = signal<SheetName | null>(null);

export const openSheet = (name: SheetName): void => void (sheet.value = name);
export const closeSheet = (): void => void (sheet.value = null);

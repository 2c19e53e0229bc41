import { signal } from '@preact/signals';

/** Whose sessions and trends are looked at; null: everyone's. As long as the page lives. */
export const chosenPerson = signal<string | null>(null);

/** A time of a query, which its schema has read already, as ms since 1970. */
export const utcMsOf = (iso: string | undefined): number | undefined => (iso === undefined ? undefined : Date.parse(iso));

/** Something the person said of pain, 0 to 10, and when. */
export interface PainSaid {
  readonly nrs: number;
  readonly tS: number;
}

/** What was said of pain with one group and side chosen; plain data of fixed size. */
export interface PainRecord {
  /** The last before its first contact. */
  before: PainSaid | null;
  /** The last since its last contact: so far there has been none after it. */
  after: PainSaid | null;
  /** The highest, whenever it was said. */
  worst: PainSaid | null;
  reports: number;
}

export const createPainRecord = (): PainRecord => ({ before: null, after: null, worst: null, reports: 0 });

export function keepPain(record: PainRecord, said: PainSaid, hasRolled: boolean): void {
  record[hasRolled ? 'after' : 'before'] = said;
  if (record.worst === null || said.nrs > record.worst.nrs) record.worst = said;
  record.reports++;
}

/** Rolling went on: what was said in between was said during it. */
export function rolledOn(record: PainRecord): void {
  record.after = null;
}

/** What is often said of rolling, and how far it is known. Shown wherever the claim is. */
export interface EvidenceNote {
  readonly claim: string;
  readonly known: string;
  readonly source: string;
}

export const EVIDENCE: readonly EvidenceNote[] = [
  {
    claim: 'Rolling slowly works better than rolling fast',
    known: 'Not proven. Pooled trials found no effect of speed. The limits here are about technique and comfort.',
    source: 'Wilke et al. 2020, Sports Medicine 50:387',
  },
  {
    claim: '30 to 90 seconds for each muscle',
    known: 'A careful range. For flexibility some trials needed 90 s or more in total; five minutes cost jump height.',
    source: 'Nakamura et al. 2021, JSSM 20:62; Phillips et al. 2021, JSCR',
  },
  {
    claim: 'It breaks up adhesions in the fascia',
    known: 'There is not enough evidence for that. It may ease stiffness and increase movement for a short time.',
    source: 'Behm and Wilke 2019, Sports Medicine 49:1173',
  },
  {
    claim: 'It prevents injuries before a workout',
    known: 'No trial shows it. It can be part of a warm-up: flexibility and sprint gain a little.',
    source: 'Wiewelhove et al. 2019, Frontiers in Physiology 10:376',
  },
  {
    claim: 'More pressure, more effect',
    known: 'Rolling at pain of 4, 6 and 8 out of 10 gave the same gain in movement.',
    source: 'Grabow et al. 2018, JSCR 32:3059',
  },
];

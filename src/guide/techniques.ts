import type { MuscleGroup } from './groups.ts';

/** Where an advice comes from: the article on self-massage that the rules follow, or common practice, which nobody has tested. */
export type Basis = 'article' | 'practice';

export interface Advice {
  readonly text: string;
  readonly basis: Basis;
}

/** How a group is rolled. What a roller cannot see (how one lies, bracing, the head) can only be told beforehand. */
export interface Technique {
  readonly position: string;
  readonly movement: readonly string[];
  /** From one end of the path to the other. */
  readonly path: readonly [from: string, to: string];
  readonly cautions: readonly Advice[];
}

const article = (text: string): Advice => ({ text, basis: 'article' });
const practice = (text: string): Advice => ({ text, basis: 'practice' });

export const TECHNIQUES: Readonly<Record<Exclude<MuscleGroup, 'unknown'>, Technique>> = {
  piriformis: {
    position: 'Sit on the roller and rest one ankle on the other knee.',
    movement: ['Make short passes over the buttock.', 'For more stretch, draw the raised knee towards the opposite shoulder.'],
    path: ['upper buttock', 'lower buttock'],
    cautions: [
      practice('Lean to the side of the raised leg.'),
      practice('Keep off the sacrum and the tailbone.'),
      practice('Tingling or numbness down the leg: stop, a nerve runs here.'),
    ],
  },
  hamstrings: {
    position: 'Sit with the backs of your thighs on the roller, hands on the floor behind you.',
    movement: ['Take part of your weight on your hands.', 'Travel the whole back of the thigh, there and back.'],
    path: ['just above the knee', 'top of the thigh'],
    cautions: [practice('Stay out of the hollow behind the knee.'), practice('Keep your wrists comfortable.')],
  },
  quadriceps: {
    position: 'Lie face down with the fronts of your thighs on the roller.',
    movement: ['Travel from the hip bone down to just above the knee, and back.'],
    path: ['hip bone', 'just above the knee'],
    cautions: [article('Brace belly and buttocks, so that the low back does not sag.'), practice('Stay off the kneecap.')],
  },
  adductors: {
    position: 'Lie face down, one thigh turned out to the side with its inner face on the roller.',
    movement: ['Go slowly along the inner thigh, there and back.'],
    path: ['just above the knee', 'upper inner thigh'],
    cautions: [practice('Stop short of the crease of the groin.'), practice('Light load is enough here.')],
  },
  lats: {
    position: 'Lie on your side, the lower arm stretched out with the thumb up, the roller just below the armpit.',
    movement: ['Hold still and let your weight work; small moves are plenty.'],
    path: ['below the armpit', 'a hand further down'],
    cautions: [practice('Keep out of the hollow of the armpit.'), practice('No pain in the shoulder.')],
  },
  rhomboids: {
    position: 'Lie on your back with the upper back on the roller, arms crossed, hands on the opposite shoulders.',
    movement: ['Lift the hips for more pressure.', 'Go slowly between the middle and the top of the back.'],
    path: ['middle of the back', 'top of the shoulder blades'],
    cautions: [
      article('Keep the head in line with the spine, the neck relaxed.'),
      practice('Never lower than the ribs, never on the neck.'),
    ],
  },
};

/** For every group. The low back is not among the groups, and never will be. */
export const GENERAL_ADVICE: readonly Advice[] = [
  article('30 to 90 seconds for each muscle, not all of it on one area.'),
  article('Begin with a soft, even roller; textured ones come later.'),
  article('Roll the muscles around a painful place, not the place itself.'),
  article('Do not roll the low back: roll buttocks and backs of the thighs instead.'),
  practice('Pain of 3 to 6 out of 10 is plenty: more of it did not give more movement in a trial.'),
];

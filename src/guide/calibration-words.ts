/**
 * What a person does for each step of calibrating, in the order in which it is best done; what it is good for; and what to be told while
 * it waits for them and while it goes on.
 */
export const CALIBRATION_STEPS = {
  tare: {
    name: 'Zero',
    what: 'Put the roller on the floor with nothing on it, and let go.',
    gives: 'What the cells read now counts as nothing.',
    waiting: 'One moment, do not touch it',
    going: 'One moment, do not touch it',
  },
  weight: {
    name: 'Full weight',
    what: 'Sit on the roller with your full weight, feet off the floor, and hold still for 3 seconds.',
    gives: 'Force is then right for this roller.',
    waiting: 'Sit on it, feet off the floor',
    going: 'Hold still',
  },
  distance: {
    name: 'Marked 50 cm',
    what: 'Mark 50 cm on the floor. Lie on the roller at the first mark and hold still; roll it to the second mark in one go, and hold still again.',
    gives: 'Speed and length are then right on soft foam, too.',
    waiting: 'Hold still at the first mark, then roll',
    going: 'On to the second mark, then hold still',
  },
  comfort: {
    name: 'Comfortable',
    what: 'Roll for 10 seconds, pressing as hard as is still comfortable.',
    gives: 'More than 1.3 times that is then too much.',
    waiting: 'Roll, as hard as is still comfortable',
    going: 'Go on like that',
  },
} as const;
export type CalibrationStep = keyof typeof CALIBRATION_STEPS;

/** Why a step was refused, and what to do. */
export const CALIBRATION_REFUSALS = {
  'no-roller': 'No roller is connected',
  recorded: 'A recording cannot be calibrated',
  'no-cells': 'This roller has no pressure cells',
  'cells-in-counts': 'The cells of this roller give counts, not pressure: say what is comfortable instead',
  'mass-unknown': 'Your weight is not known: enter it first',
  unsupported: 'This tool cannot do that',
  failed: 'The roller could not do it: try again',
  loaded: 'Something presses on the roller: take everything off it',
  moving: 'The roller moved: let it lie still',
  nobody: 'Nobody was felt on the roller',
  'not-still': 'It was not still for 3 seconds: try again',
  implausible: 'That makes no sense for this roller: check your weight, or the marks, and try again',
  lifted: 'The roller was lifted on the way: try again',
  'turned-back': 'The roller turned back on the way: roll in one go',
  'not-rolled': 'No way from mark to mark was seen: hold still at both',
  'not-needed': 'Not needed: the cells of this roller measure pressure, and it is judged by that',
  saturated: 'The cells are at their end: press less hard',
  interrupted: 'The signal was interrupted: try again',
} as const;
export type CalibrationRefusal = keyof typeof CALIBRATION_REFUSALS;

/** What is wrong with the measuring of pressure. */
export const SENSOR_FAULTS = {
  stuck: 'does not change while the roller turns, and is left out',
  'stays-loaded': 'stays loaded with nobody on it, and is left out',
  saturated: 'is often at its end: the force is higher than shown',
  faulty: 'is broken, and left out',
  creep: 'Cells read on for a while after a load has gone: force and contact are less certain',
  'implausible-force': 'More force than a body has: check your weight, or calibrate the roller',
} as const;
export type SensorFaultKind = keyof typeof SENSOR_FAULTS;

/** What a fault means for what the person is told: in a word or two beside the number, and in a sentence. */
export const FAULT_EFFECTS: Readonly<Record<SensorFaultKind, { readonly short: string; readonly coaching: string }>> = {
  stuck: { short: 'a cell left out', coaching: 'Pressure is judged by the other cells.' },
  'stays-loaded': { short: 'a cell left out', coaching: 'Pressure is judged by the other cells.' },
  saturated: { short: 'more than shown', coaching: 'Pressure may be judged too low: trust what you feel.' },
  faulty: { short: 'a cell left out', coaching: 'Pressure is judged by the other cells.' },
  creep: { short: 'less certain', coaching: 'Pressure is judged, less surely than usual.' },
  'implausible-force': { short: 'not judged', coaching: 'Pressure is not judged meanwhile: trust what you feel.' },
};

/** The roller has cells, and none of them can be read. */
export const NO_READING = { short: 'not judged', coaching: 'No cell can be read: pressure is not judged, and contact is taken for granted.' } as const;

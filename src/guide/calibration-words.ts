/** What a person does for each step of calibrating, in the order in which it is best done. */
export const CALIBRATION_STEPS = {
  tare: { name: 'Zero', what: 'Put the roller on the floor with nothing on it, and let go.' },
  weight: { name: 'Full weight', what: 'Sit on the roller with your full weight, feet off the floor, and hold still for 3 seconds.' },
  distance: {
    name: 'Marked 50 cm',
    what: 'Mark 50 cm on the floor. Lie on the roller at the first mark and hold still; roll it to the second mark in one go, and hold still again.',
  },
} as const;
export type CalibrationStep = keyof typeof CALIBRATION_STEPS;

/** Why a step was refused, and what to do. */
export const CALIBRATION_REFUSALS = {
  'no-roller': 'No roller is connected',
  recorded: 'A recording cannot be calibrated',
  'no-cells': 'This roller has no pressure cells',
  'cells-in-counts': 'The cells of this roller give counts, not pressure: its maker has to calibrate them',
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
  interrupted: 'The signal was interrupted: try again',
} as const;
export type CalibrationRefusal = keyof typeof CALIBRATION_REFUSALS;

/** What is wrong with the measuring of pressure. */
export const SENSOR_FAULTS = {
  stuck: 'does not change while the roller turns, and is left out',
  'stays-loaded': 'stays loaded with nobody on it, and is left out',
  saturated: 'is often at its end: the force is higher than shown',
  faulty: 'is broken, and left out',
  'implausible-force': 'More force than a body has: check your weight, or calibrate the roller',
} as const;
export type SensorFaultKind = keyof typeof SENSOR_FAULTS;
  creep: 'Cells read on for a while after a load has gone: force and contact are less certain',

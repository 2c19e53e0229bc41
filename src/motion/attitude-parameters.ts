const DEG = Math.PI / 180;

/** Figures of parts and of people; none is fitted to a recording, and none may matter by its last factor of two. */
export interface AttitudeParameters {
  /** First guess of up, rad: a roller that turns around at 50 cm/s^2 leans the accelerometer by as much. */
  readonly upSigma: number;
  /** Zero-rate offset before anything is known, rad/s: an MPU6050 starts within 20 deg/s. */
  readonly biasSigma: number;
  /** How it wanders as the part warms up, rad/s per root s. */
  readonly biasWander: number;
  /** How it may change when it visibly does, rad/s per root s. */
  readonly biasStep: number;
  /** Angle random walk, rad per root s: MPU6050 0.005 deg/s per root Hz, BMI270 0.007. */
  readonly gyroNoise: number;
  /** Share by which the gyroscope's scale may be off: 3 % at the worst in an MPU6050. */
  readonly scaleSigma: number;
  /** Share of the turning that the gyroscopes across the axis see too: cross-axis sensitivity of 2 %. */
  readonly crossAxis: number;
  /** Zero-g offset of the accelerometer, g: 50 mg in an MPU6050, 20 in a BMI270; and how it wanders, per root s. */
  readonly offsetSigma: number;
  readonly offsetWander: number;
  /** Share by which its scale may be off: 3 % in an MPU6050. */
  readonly gainSigma: number;
  /** Place of the sensor off the axis where it is not told, and where it is, m. */
  readonly mountSigma: number;
  readonly mountToldSigma: number;
  /** Noise of the accelerometer and of a body that lies still, g per root Hz. */
  readonly accelNoise: number;
  /** Acceleration of a body that moves, g, and how long it keeps its sign, s. */
  readonly bodyG: number;
  readonly bodyS: number;
  /** Rate from which on a body counts as moving, rad/s. */
  readonly movingRate: number;
  /** Change of angular acceleration when a hand turns around, rad/s^3: the error of bridging lost samples. */
  readonly jerk: number;
}

export const ATTITUDE_PARAMETERS: AttitudeParameters = {
  upSigma: 0.05,
  biasSigma: 10 * DEG,
  biasWander: 0.02 * DEG,
  biasStep: 1 * DEG,
  gyroNoise: 0.01 * DEG,
  scaleSigma: 0.015,
  crossAxis: 0.02,
  offsetSigma: 0.025,
  offsetWander: 0.0002,
  gainSigma: 0.02,
  mountSigma: 0.03,
  mountToldSigma: 0.002,
  accelNoise: 0.002,
  bodyG: 0.02,
  bodyS: 0.3,
  movingRate: 5 * DEG,
  jerk: 100,
};

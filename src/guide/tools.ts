/** Tools a person rolls with, what their motion can tell, and how hard each surface may press. */
export type Tool = 'roller' | 'stick' | 'ball';
export type Texture = 'soft' | 'firm' | 'textured';

/**
 * What rotation tells of the way over the muscle: a roller's angle is a place on the path; a ball's is not, only how fast it moves; a
 * stick's handle does not turn with its spindles, so that there is nothing but time and load.
 */
export type Follows = 'path' | 'speed' | 'nothing';

export interface ToolProfile {
  readonly name: string;
  readonly follows: Follows;
}

export const TOOLS: Readonly<Record<Tool, ToolProfile>> = {
  roller: { name: 'Foam roller', follows: 'path' },
  stick: { name: 'Massage stick', follows: 'nothing' },
  ball: { name: 'Roller ball', follows: 'speed' },
};

export const SURFACE_NAMES = ['soft', 'firm', 'textured', 'ball', 'stick'] as const;
export type Surface = (typeof SURFACE_NAMES)[number];

export interface SurfaceProfile {
  readonly name: string;
  /** Mean pressure over the loaded patch that is too much where body mass is not known, kPa, and the range it may be set in. */
  readonly pressureLimitKpa: readonly [limit: number, min: number, max: number];
}

/**
 * Soft and firm: mean and two to three standard deviations of what Curran 2008 measured on a soft and on a multilevel roller
 * (33.4 +- 6.4 and 51.8 +- 10.7 kPa). The others are estimates from the area of contact.
 */
export const SURFACES: Readonly<Record<Surface, SurfaceProfile>> = {
  soft: { name: 'soft roller', pressureLimitKpa: [50, 35, 75] },
  firm: { name: 'firm roller', pressureLimitKpa: [75, 50, 110] },
  textured: { name: 'textured roller', pressureLimitKpa: [75, 50, 110] },
  ball: { name: 'ball', pressureLimitKpa: [120, 80, 180] },
  stick: { name: 'stick', pressureLimitKpa: [75, 50, 110] },
};

/** A ball and a stick press as such, whatever their texture. */
export const surfaceOf = (tool: Tool, texture: Texture): Surface => (tool === 'roller' ? texture : tool);

/** For a person who is new to rolling, before the first stroke on a textured tool. */
export const TEXTURED_WARNING = 'Knobs press harder than a smooth surface. If rolling is new to you, begin with a soft, even roller.';

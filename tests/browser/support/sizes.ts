/** The screens the live view is made for: from a small phone to a television, upright and lying. */
export const SIZES = {
  'small phone': { width: 320, height: 568 },
  phone: { width: 390, height: 844 },
  'phone on its side': { width: 844, height: 390 },
  tablet: { width: 768, height: 1024 },
  laptop: { width: 1280, height: 720 },
  television: { width: 1920, height: 1080 },
} as const;

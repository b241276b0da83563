/** Colours of a picture's stage. */
export interface Palette {
  /** Wall, from top to bottom. */
  readonly wall: readonly [string, string];
  /** Floor, from the far edge to the near one. */
  readonly floor: readonly [string, string];
  /** Shapes behind the subject: a light one and a strong one. */
  readonly shape: readonly [string, string];
  /** Small ornaments in front. */
  readonly spark: readonly [string, string];
  /** Colour of shadows. */
  readonly shade: string;
}

/** The shop's picture colours: warm and soft, so that a page of them sits well on the cream canvas. */
export const palettes: Record<string, Palette> = {
  sky: {
    wall: ['#e3f3fc', '#bfe2f6'],
    floor: ['#a9d6f1', '#8cc6ea'],
    shape: ['#f6fbff', '#94cdf0'],
    spark: ['#ffffff', '#ffd166'],
    shade: '#12476b',
  },
  ocean: {
    wall: ['#d3f1f2', '#9adbe0'],
    floor: ['#7ccbd3', '#58b4c0'],
    shape: ['#ecfbfa', '#63c3cc'],
    spark: ['#ffffff', '#ff9f7a'],
    shade: '#0b4953',
  },
  mint: {
    wall: ['#e4f6e9', '#bfe8cf'],
    floor: ['#a3dbb9', '#82caa1'],
    shape: ['#f5fcf6', '#8fd3ac'],
    spark: ['#ffffff', '#ffb84d'],
    shade: '#165238',
  },
  lemon: {
    wall: ['#fff7dc', '#ffe8a6'],
    floor: ['#ffdb82', '#f8c95c'],
    shape: ['#fffdf3', '#ffd15c'],
    spark: ['#ffffff', '#ff7f6b'],
    shade: '#6b4a06',
  },
  peach: {
    wall: ['#fff0e3', '#ffd8bb'],
    floor: ['#ffc79f', '#fbb282'],
    shape: ['#fff9f4', '#ffb98a'],
    spark: ['#ffffff', '#2fa7a0'],
    shade: '#70370f',
  },
  coral: {
    wall: ['#ffe8e3', '#ffc5bb'],
    floor: ['#ffae9f', '#fb9583'],
    shape: ['#fff6f4', '#ff9d8d'],
    spark: ['#ffffff', '#ffd166'],
    shade: '#70211a',
  },
  rose: {
    wall: ['#fdebf1', '#f9cbdb'],
    floor: ['#f4b3c9', '#ea98b5'],
    shape: ['#fff7fa', '#f2a3bf'],
    spark: ['#ffffff', '#8f6fe0'],
    shade: '#681f43',
  },
  lilac: {
    wall: ['#f0ebfd', '#d8ccf8'],
    floor: ['#c5b4f1', '#ae99e8'],
    shape: ['#faf8ff', '#b8a4ee'],
    spark: ['#ffffff', '#ffca5f'],
    shade: '#3a2578',
  },
  sand: {
    wall: ['#faf3e6', '#eeddc0'],
    floor: ['#e3cba3', '#d4b785'],
    shape: ['#fffbf3', '#dfc393'],
    spark: ['#ffffff', '#2b8d93'],
    shade: '#54390f',
  },
  night: {
    wall: ['#3a4a86', '#242f63'],
    floor: ['#37488a', '#202a5b'],
    shape: ['#8f9de3', '#5f70c0'],
    spark: ['#ffe9a8', '#8fd7ff'],
    shade: '#070b24',
  },
};

/** Palette by name; an unknown name in the catalog is an error, not a grey picture. */
export function paletteOf(name: string): Palette {
  const palette = palettes[name];
  if (!palette) throw new Error(`There is no palette «${name}»`);
  return palette;
}

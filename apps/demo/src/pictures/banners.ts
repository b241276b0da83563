import sharp from 'sharp';
import type { Composer, Drawing } from './compose.js';
import type { Place } from './layout.js';
import type { Asset } from './library.js';
import { paletteOf, type Palette } from './palette.js';
import { streamOf } from './random.js';
import { pixels } from './sprite.js';

const [WIDTH, HEIGHT] = [1_280, 480];
const SIZES = [
  [640, 'webp'],
  [1_280, 'webp'],
  [1_280, 'avif'],
] as const;

interface Banner {
  readonly key: string;
  readonly palette: string;
  /** From back to front; the left half stays free for words. */
  readonly drawings: readonly (readonly [drawing: Drawing, x: number, y: number, side: number, tilt: number])[];
}

const banners: readonly Banner[] = [
  {
    key: 'play',
    palette: 'peach',
    drawings: [
      ['rocket', 1_150, 128, 178, 4],
      ['castle', 838, 224, 262, 0],
      ['kite', 716, 96, 108, -8],
      ['teddy-bear', 1_004, 272, 300, 0],
      ['um:brick', 742, 384, 138, 0],
      ['um:brick-blue', 1_190, 350, 158, 0],
      ['soccer-ball', 874, 398, 112, 0],
      ['um:brick-yellow', 1_128, 410, 124, 0],
    ],
  },
  {
    key: 'school',
    palette: 'sky',
    drawings: [
      ['globe-showing-asia-australia', 812, 214, 178, 0],
      ['triangular-ruler', 1_160, 206, 190, 6],
      ['backpack', 992, 252, 322, 0],
      ['books', 790, 366, 186, 0],
      ['artist-palette', 1_176, 378, 156, 0],
      ['red-apple', 898, 404, 96, 0],
      ['pencil', 1_078, 408, 118, 0],
    ],
  },
  {
    key: 'family',
    palette: 'mint',
    drawings: [
      ['potted-plant', 770, 232, 164, 0],
      ['headphone', 1_176, 196, 170, 8],
      ['shopping-bags', 990, 238, 326, 0],
      ['honey-pot', 806, 372, 144, 0],
      ['wrapped-gift', 1_166, 358, 170, 0],
      ['running-shoe', 1_056, 410, 128, 0],
      ['baby-bottle', 906, 396, 118, 0],
    ],
  },
];

/** Banners of the storefront's home page: `play`, `school`, `family`. */
export const bannerAssets = (composer: Composer): Asset[] =>
  banners.map((banner) => ({
    key: banner.key,
    recipe: banner,
    sizes: SIZES,
    draw: () => drawBanner(composer, banner),
  }));

async function drawBanner(composer: Composer, { key, palette: name, drawings }: Banner) {
  const palette = paletteOf(name);
  const places: Place[] = drawings.map(([, x, y, side, tilt], item) => ({ item, x, y, side, tilt }));
  const stage = await pixels(sharp(Buffer.from(stageSvg(palette))));
  return composer.arrange(
    stage,
    { places, podium: null },
    drawings.map(([drawing]) => drawing),
    palette,
    sparks(key, palette),
  );
}

/** A wide room: calm on the left, a sunny disc and hills under the things on the right. */
function stageSvg(p: Palette): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs><linearGradient id="wall" x2="1" y2=".5"><stop stop-color="${p.wall[0]}"/><stop offset="1" stop-color="${p.wall[1]}"/></linearGradient><linearGradient id="floor" x2="0" y2="1"><stop stop-color="${p.floor[0]}"/><stop offset="1" stop-color="${p.floor[1]}"/></linearGradient></defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#wall)"/><circle cx="980" cy="240" r="330" fill="${p.shape[1]}" opacity=".22"/><circle cx="980" cy="240" r="252" fill="${p.shape[0]}" opacity=".8"/><path d="M0 432c220-64 420 20 640-22s430-88 640-28v98H0z" fill="${p.floor[0]}" opacity=".6"/><path d="M0 462c300-44 560 12 800-20s360-40 480-22v60H0z" fill="url(#floor)"/></svg>`;
}

/** Sparks in the air behind the things. */
function sparks(key: string, p: Palette): string {
  const random = streamOf(key);
  const dots = Array.from({ length: 16 }, (_, index) => {
    const [x, y, r] = [660 + random() * 600, 24 + random() * 170, 3 + random() * 6];
    return index % 3 === 0
      ? `<path transform="translate(${x} ${y}) scale(${r * 2})" d="M0-1C.14-.3.3-.14 1 0 .3.14.14.3 0 1-.14.3-.3.14-1 0-.3-.14-.14-.3 0-1z" fill="${p.spark[1]}"/>`
      : `<circle cx="${x}" cy="${y}" r="${r}" fill="${p.spark[index % 2]}" opacity=".8"/>`;
  });
  return dots.join('');
}

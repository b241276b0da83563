import { paletteOf, type Palette } from './palette.js';
import { streamOf } from './random.js';

/** Side of the square stage every picture is composed on, in pixels. */
export const STAGE = 640;
const HORIZON = 448;
const SUN = '#ffd678';

type Shape = (palette: Palette, random: () => number) => string;

const circle = (x: number, y: number, r: number, fill: string, opacity = 1): string =>
  `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${fill}" opacity="${opacity}"/>`;
const times = (n: number, draw: (index: number) => string): string =>
  Array.from({ length: n }, (_, index) => draw(index)).join('');

/** A floor that meets the wall in a soft line. */
const floor = (): string =>
  `<rect y="${HORIZON}" width="640" height="${STAGE - HORIZON}" fill="url(#floor)"/><rect y="${HORIZON - 10}" width="640" height="34" fill="url(#seam)"/>`;
/** The pale disc that lifts the subject off the wall. */
const halo = (palette: Palette, r = 214): string =>
  circle(320, 300, r, 'url(#halo)') + circle(320, 300, r * 0.82, palette.shape[0], 0.35);
const spark4 = (x: number, y: number, r: number, fill: string, opacity: number): string =>
  `<path transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${r.toFixed(2)})" d="M0-1C.14-.3.3-.14 1 0 .3.14.14.3 0 1-.14.3-.3.14-1 0-.3-.14-.14-.3 0-1z" fill="${fill}" opacity="${opacity}"/>`;

const shapes: Record<string, Shape> = {
  dots: (p, random) =>
    times(9, (row) =>
      times(9, (column) =>
        circle(40 + column * 70 + (row % 2) * 35, 30 + row * 50, 5 + (column % 2), p.shape[1], 0.2 + random() * 0.14),
      ),
    ) +
    floor() +
    halo(p),
  sun: (p) =>
    circle(320, 306, 300, p.shape[1], 0.16) +
    circle(320, 306, 248, p.shape[1], 0.22) +
    circle(320, 306, 196, p.shape[0], 0.85) +
    floor(),
  hills: (p, random) => {
    const tilt = random() > 0.5 ? 1 : -1;
    return `<g transform="translate(320 0) scale(${tilt} 1) translate(-320 0)">${circle(486, 150, 66, SUN, 0.75)}${circle(486, 150, 94, SUN, 0.22)}<path d="M0 420C110 300 230 330 330 400S560 360 640 300V640H0z" fill="${p.shape[1]}" opacity=".55"/><path d="M0 480c120-70 260-60 370 0s190 20 270-30v190H0z" fill="${p.floor[0]}"/><path d="M0 540c160-50 420-60 640 0v100H0z" fill="url(#floor)"/>${cloud(110, 120, 1, p)}${cloud(300, 78, 0.62, p)}</g>`;
  },
  waves: (p, random) => {
    const shift = random() * 60;
    return (
      halo(p, 200) +
      times(
        4,
        (index) =>
          `<path d="M${-80 - shift} ${430 + index * 54}c60-34 110-34 170 0s110 34 170 0 110-34 170 0 110 34 170 0 110-34 170 0V640H-80z" fill="${index % 2 ? p.floor[1] : p.floor[0]}" opacity="${0.62 + index * 0.1}"/>`,
      )
    );
  },
  rays: (p) => {
    const wedge = (index: number): string => {
      const a = (index * Math.PI) / 9;
      const b = a + Math.PI / 18;
      return `<path d="M320 300L${(320 + 620 * Math.cos(a)).toFixed(1)} ${(300 + 620 * Math.sin(a)).toFixed(1)}L${(320 + 620 * Math.cos(b)).toFixed(1)} ${(300 + 620 * Math.sin(b)).toFixed(1)}z" fill="${p.shape[0]}" opacity=".34"/>`;
    };
    return (
      times(18, wedge) +
      circle(320, 300, 218, p.shape[1], 0.3) +
      circle(320, 300, 180, 'url(#halo)') +
      `<ellipse cx="320" cy="574" rx="300" ry="90" fill="url(#floor)" opacity=".75"/>`
    );
  },
  blobs: (p) =>
    `<path d="M-40 90C60-60 230-20 250 90S150 250 40 260-120 220-40 90z" fill="${p.shape[1]}" opacity=".34"/><path d="M430-30c120-40 260 30 250 160s-130 120-200 60-160-180-50-220z" fill="${p.shape[0]}" opacity=".7"/><path d="M470 400c90-70 220 0 230 110s-80 160-180 150-170-170-50-260z" fill="${p.shape[1]}" opacity=".4"/>` +
    halo(p, 206) +
    `<ellipse cx="320" cy="560" rx="270" ry="74" fill="${p.floor[0]}" opacity=".75"/>`,
  confetti: (p, random) => {
    const colours = [p.spark[1], '#ff7f6b', '#4fb7e8', '#8f6fe0', '#43b98a', '#ffffff'];
    return (
      halo(p, 220) +
      floor() +
      times(46, (index) => {
        const [x, y] = [random() * 640, random() * 470];
        const fill = colours[index % colours.length]!;
        if (index % 3 === 0) return circle(x, y, 4 + random() * 5, fill, 0.75);
        return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(8 + random() * 12).toFixed(1)}" height="${(5 + random() * 4).toFixed(1)}" rx="2" fill="${fill}" opacity=".75" transform="rotate(${(random() * 360).toFixed(0)} ${x.toFixed(1)} ${y.toFixed(1)})"/>`;
      })
    );
  },
  stars: (p, random) =>
    circle(320, 292, 236, p.shape[1], 0.4) +
    circle(320, 292, 190, p.shape[0], 0.5) +
    floor() +
    times(30, () => spark4(random() * 640, random() * 430, 4 + random() * 13, p.spark[0], 0.45 + random() * 0.5)),
  grid: (p) =>
    times(
      17,
      (index) =>
        `<path d="M${index * 40} 0V640M0 ${index * 40}H640" stroke="${p.shape[0]}" stroke-width="1.5" opacity=".5"/>`,
    ) +
    `<rect x="92" y="96" width="456" height="420" rx="52" fill="${p.shape[0]}" opacity=".62"/><rect x="92" y="96" width="456" height="420" rx="52" fill="none" stroke="#fff" stroke-width="3" opacity=".6"/>` +
    `<ellipse cx="320" cy="566" rx="290" ry="66" fill="${p.floor[0]}" opacity=".65"/>`,
  arch: (p) =>
    floor() +
    `<path d="M138 476V300a182 182 0 0 1 364 0v176z" fill="${p.shape[1]}" opacity=".5"/><path d="M166 476V304a154 154 0 0 1 308 0v172z" fill="url(#niche)"/><path d="M110 476h420v22H110z" fill="${p.shape[0]}"/><path d="M110 498h420v10H110z" fill="${p.shade}" opacity=".1"/>`,
};

const cloud = (x: number, y: number, k: number, p: Palette): string =>
  `<path transform="translate(${x} ${y}) scale(${k})" d="M-70 28a26 26 0 0 1 4-52 40 40 0 0 1 76-14 30 30 0 0 1 42 24 22 22 0 0 1-2 42z" fill="${p.shape[0]}" opacity=".85"/>`;

/** Names of the shapes a background may have. */
export const backdropShapes: readonly string[] = Object.keys(shapes);

/** SVG of a background named `<palette>-<shape>`, without any subject; the same name is always the same drawing. */
export function backdrop(name: string): string {
  const [paletteName = '', shapeName = ''] = name.split('-');
  const palette = paletteOf(paletteName);
  const shape = shapes[shapeName];
  if (!shape) throw new Error(`There is no background shape «${shapeName}»`);
  const stops = (id: string, from: string, to: string): string =>
    `<linearGradient id="${id}" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
  const defs =
    stops('wall', ...palette.wall) +
    stops('floor', ...palette.floor) +
    stops('niche', palette.shape[0], palette.wall[1]) +
    `<linearGradient id="seam" x2="0" y2="1"><stop stop-color="${palette.wall[1]}" stop-opacity="0"/><stop offset=".45" stop-color="${palette.floor[0]}"/><stop offset="1" stop-color="${palette.floor[0]}" stop-opacity="0"/></linearGradient>` +
    `<radialGradient id="halo"><stop stop-color="${palette.shape[0]}" stop-opacity=".95"/><stop offset=".72" stop-color="${palette.shape[0]}" stop-opacity=".6"/><stop offset="1" stop-color="${palette.shape[0]}" stop-opacity="0"/></radialGradient>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${STAGE}" height="${STAGE}" viewBox="0 0 640 640"><defs>${defs}</defs><rect width="640" height="640" fill="url(#wall)"/>${shape(palette, streamOf(name))}</svg>`;
}

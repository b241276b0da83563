import { streamOf } from './random.js';

/** Where one drawing stands on the stage: centre and side in pixels, tilt in degrees, the first one nearest to the viewer last. */
export interface Place {
  /** Which of the picture's drawings, from 0. */
  readonly item: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly tilt: number;
}

/** A cylinder under the subject: centre of its top and half its width. */
export interface Podium {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
}

export interface Scene {
  readonly places: readonly Place[];
  readonly podium: Podium | null;
}

type Layout = (count: number, random: () => number) => Scene;
const lean = (random: () => number, most: number): number => Math.round((random() * 2 - 1) * most);

const hero: Layout = (_count, random) => ({
  places: [{ item: 0, x: 320, y: 322, side: 372, tilt: lean(random, 5) }],
  podium: null,
});

const podium: Layout = (count) => ({
  places: [
    ...(count > 1 ? [{ item: 1, x: 510, y: 486, side: 150, tilt: 6 }] : []),
    { item: 0, x: 320, y: 314, side: 330, tilt: 0 },
  ],
  podium: { x: 320, y: 474, rx: 208 },
});

const duo: Layout = (count, random) => {
  if (count < 2) return hero(count, random);
  const first = { item: 0, x: 276, y: 306, side: 330, tilt: -4 - Math.round(random() * 5) };
  return { places: [first, { item: 1, x: 470, y: 442, side: 190, tilt: 8 + Math.round(random() * 7) }], podium: null };
};

const trio: Layout = (count, random) => {
  if (count < 3) return duo(count, random);
  return {
    places: [
      { item: 1, x: 184, y: 276, side: 210, tilt: -12 },
      { item: 2, x: 462, y: 268, side: 210, tilt: 11 },
      { item: 0, x: 322, y: 386, side: 268, tilt: lean(random, 4) },
    ],
    podium: null,
  };
};

const orbit: Layout = (count, random) => {
  if (count < 3) return duo(count, random);
  return {
    places: [
      { item: 0, x: 318, y: 292, side: 348, tilt: lean(random, 4) },
      { item: 1, x: 158, y: 494, side: 132, tilt: -10 },
      { item: 2, x: 490, y: 484, side: 148, tilt: 12 },
    ],
    podium: null,
  };
};

/** A loose heap of one drawing in several colours: bricks, blocks, balls. */
const heap: Layout = (count) => {
  const spots = [
    { x: 214, y: 262, side: 204, tilt: -10 },
    { x: 430, y: 272, side: 204, tilt: 12 },
    { x: 322, y: 206, side: 190, tilt: 3 },
    { x: 170, y: 420, side: 224, tilt: 7 },
    { x: 474, y: 424, side: 224, tilt: -8 },
    { x: 322, y: 400, side: 262, tilt: 0 },
  ];
  return {
    places: spots.slice(-Math.max(3, Math.min(6, count))).map((spot, index) => ({ item: index % count, ...spot })),
    podium: null,
  };
};

const layouts: Record<string, Layout> = { hero, podium, duo, trio, orbit, heap };

/** Names of the layouts a picture may ask for. */
export const layoutNames: readonly string[] = Object.keys(layouts);

/** Places of a picture's drawings. Pairs are mirrored for every other key, so that a page of them has rhythm. */
export function sceneOf(layout: string, key: string, count: number): Scene {
  const place = layouts[layout];
  if (!place) throw new Error(`There is no layout «${layout}»`);
  const random = streamOf(key);
  const mirrored = random() > 0.5 && (layout === 'duo' || layout === 'orbit');
  const scene = place(count, random);
  return mirrored ? { ...scene, places: scene.places.map((p) => ({ ...p, x: 640 - p.x, tilt: -p.tilt })) } : scene;
}

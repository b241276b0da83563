import sharp, { type OverlayOptions } from 'sharp';
import { backdrop } from './backdrop.js';
import { sceneOf, type Place, type Podium, type Scene } from './layout.js';
import { paletteOf, type Palette } from './palette.js';
import { streamOf } from './random.js';
import { from, pixels, Sprites, type Pixels } from './sprite.js';

/** One drawing of a picture: an emoji, or `um:<prop>`, perhaps with its hue turned. */
export type Drawing = string | { readonly name: string; readonly hue: number };

/** How an asset key is drawn; one entry of catalog/pictures.json. */
export interface Recipe {
  readonly emoji: readonly Drawing[];
  readonly background: string;
  readonly layout: string;
}

/** Composes pictures on a square stage, keeping what they share: rendered drawings and backgrounds. */
export class Composer {
  private readonly sprites = new Sprites();
  private readonly backgrounds = new Map<string, Promise<Pixels>>();

  /** Pixels of the finished picture, STAGE × STAGE. */
  async draw(key: string, recipe: Recipe): Promise<Pixels> {
    const palette = paletteOf(recipe.background.split('-')[0]!);
    const scene = sceneOf(recipe.layout, key, recipe.emoji.length);
    return this.arrange(
      await this.background(recipe.background),
      scene,
      recipe.emoji,
      palette,
      sparksOf(key, scene, palette),
    );
  }

  /** Puts a scene's drawings on a stage of any size; `ornaments` are SVG shapes on the wall behind them. */
  async arrange(
    stage: Pixels,
    scene: Scene,
    drawings: readonly Drawing[],
    palette: Palette,
    ornaments: string,
  ): Promise<Pixels> {
    const standing = await Promise.all(scene.places.map((place) => this.stand(place, drawings[place.item]!)));
    const ground = Buffer.from(groundSvg(stage, scene, standing, palette, ornaments));
    const layers = await Promise.all(standing.map((one) => layersOf(stage, one, palette)));
    return pixels(from(stage).composite([{ input: ground }, ...layers.flat()]));
  }

  private background(name: string): Promise<Pixels> {
    let drawn = this.backgrounds.get(name);
    if (!drawn) this.backgrounds.set(name, (drawn = pixels(sharp(Buffer.from(backdrop(name))))));
    return drawn;
  }

  /** A drawing scaled to its place and tilted; a wide one sinks to where a square one would stand, so that cars do not fly. */
  private async stand(place: Place, drawing: Drawing): Promise<Standing> {
    const { name, hue } = typeof drawing === 'string' ? { name: drawing, hue: 0 } : drawing;
    const plain = await this.sprites.get(name, hue);
    const sized = await pixels(from(plain).resize(place.side, place.side, { fit: 'inside' }));
    const image = place.tilt === 0 ? sized : await pixels(from(sized).rotate(place.tilt, { background: '#00000000' }));
    const sink = ((place.side - sized.height) / 2) * (place.tilt === 0 ? 1 : 0.7);
    return {
      place,
      image,
      left: Math.round(place.x - image.width / 2),
      top: Math.round(place.y + sink - image.height / 2),
      width: sized.width,
    };
  }
}

/** A drawing that knows where it stands: corner of its box, and its own width before it was tilted. */
interface Standing {
  readonly place: Place;
  readonly image: Pixels;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The soft shadow a drawing throws on the wall, and the drawing. */
async function layersOf(
  stage: Pixels,
  { place, image, left, top }: Standing,
  palette: Palette,
): Promise<OverlayOptions[]> {
  const drop = Math.round(place.side * 0.05);
  const room = SHADOW_ROOM * SHADOW_SCALE;
  return [
    await placed(stage, await shadowOf(image, palette), left - drop - room, top + drop * 2 - room),
    await placed(stage, image, left, top),
  ];
}

/** Cuts an overlay to the part that lies on the stage: sharp refuses one that hangs over the edge. */
async function placed(stage: Pixels, image: Pixels, left: number, top: number): Promise<OverlayOptions> {
  const [x, y] = [Math.max(0, -left), Math.max(0, -top)];
  const width = Math.min(image.width - x, stage.width - Math.max(0, left));
  const height = Math.min(image.height - y, stage.height - Math.max(0, top));
  const cut =
    width === image.width && height === image.height
      ? image
      : await pixels(from(image).extract({ left: x, top: y, width, height }));
  return {
    input: cut.data,
    raw: { width: cut.width, height: cut.height, channels: 4 },
    left: Math.max(0, left),
    top: Math.max(0, top),
  };
}

/** How much smaller a shadow is drawn than its drawing: blurring it whole costs sixty times as much. */
const SHADOW_SCALE = 8;
/** Room for the blur around the small shadow, in its own pixels. */
const SHADOW_ROOM = 6;

/** The silhouette, blurred and tinted, with room around it for the blur. */
async function shadowOf(image: Pixels, palette: Palette): Promise<Pixels> {
  const room = {
    top: SHADOW_ROOM,
    bottom: SHADOW_ROOM,
    left: SHADOW_ROOM,
    right: SHADOW_ROOM,
    background: '#00000000',
  };
  const [width, height] = [Math.ceil(image.width / SHADOW_SCALE), Math.ceil(image.height / SHADOW_SCALE)];
  const shrunk = await pixels(from(image).resize(width, height, { fit: 'fill' }).extend(room));
  const small = await pixels(from(shrunk).blur(1.6));
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(palette.shade.slice(at, at + 2), 16));
  for (let at = 0; at < small.data.length; at += 4) {
    small.data[at] = r!;
    small.data[at + 1] = g!;
    small.data[at + 2] = b!;
    small.data[at + 3] = small.data[at + 3]! * 0.2;
  }
  return pixels(from(small).resize(small.width * SHADOW_SCALE, small.height * SHADOW_SCALE, { kernel: 'cubic' }));
}

/** Ornaments, contact shadows of what stands on the floor, and the podium when there is one. What hangs in the air has its wall shadow only. */
function groundSvg(
  stage: Pixels,
  scene: Scene,
  standing: readonly Standing[],
  palette: Palette,
  ornaments: string,
): string {
  const contact = standing.flatMap(({ place, image, top, width }) => {
    const onPodium = scene.podium !== null && place.item === 0;
    const foot = onPodium ? scene.podium.y : top + image.height - 6;
    if (foot < stage.height * 0.66) return [];
    return [
      `<ellipse cx="${place.x}" cy="${Math.min(foot, stage.height - 16)}" rx="${width * 0.52}" ry="${place.side * 0.075}" fill="url(#contact)"/>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${stage.width}" height="${stage.height}"><defs><radialGradient id="contact"><stop stop-color="${palette.shade}" stop-opacity=".42"/><stop offset=".55" stop-color="${palette.shade}" stop-opacity=".2"/><stop offset="1" stop-color="${palette.shade}" stop-opacity="0"/></radialGradient><linearGradient id="side"><stop stop-color="${palette.shape[1]}"/><stop offset=".3" stop-color="${palette.shape[0]}"/><stop offset="1" stop-color="${palette.floor[1]}"/></linearGradient></defs>${scene.podium ? podiumSvg(scene.podium, palette) : ''}${ornaments}${contact.join('')}</svg>`;
}

const podiumSvg = ({ x, y, rx }: Podium, palette: Palette): string => {
  const ry = rx * 0.17;
  const side = (top: number, r: number, h: number): string =>
    `<path d="M${x - r} ${top}v${h}a${r} ${r * 0.17} 0 0 0 ${r * 2} 0v${-h}z" fill="url(#side)"/><ellipse cx="${x}" cy="${top}" rx="${r}" ry="${r * 0.17}" fill="${palette.shape[0]}"/>`;
  return `<ellipse cx="${x}" cy="${y + 96}" rx="${rx * 1.36}" ry="${ry * 1.5}" fill="url(#contact)"/>${side(y + 34, rx * 1.18, 44)}${side(y, rx * 0.94, 30)}`;
};

/** A few sparks around the subject; where they fall is the key's own. */
function sparksOf(key: string, scene: Scene, palette: Palette): string {
  const random = streamOf(`${key}/sparks`);
  const spots = [
    [92, 118],
    [546, 104],
    [74, 330],
    [572, 300],
    [196, 60],
    [430, 56],
    [560, 560],
    [86, 566],
  ] as const;
  const far = spots
    .filter(([x, y]) => scene.places.every((p) => Math.hypot(p.x - x, p.y - y) > p.side * 0.6 + 14))
    .sort(() => random() - 0.5);
  const marks = far.slice(0, 4).map(([x, y], index) => {
    const [cx, cy, r] = [x + (random() - 0.5) * 30, y + (random() - 0.5) * 30, 9 + random() * 9];
    const colour = palette.spark[index % 2];
    if (index === 0)
      return `<path transform="translate(${cx} ${cy}) scale(${r * 1.5})" d="M0-1C.14-.3.3-.14 1 0 .3.14.14.3 0 1-.14.3-.3.14-1 0-.3-.14-.14-.3 0-1z" fill="${colour}"/>`;
    if (index === 1) return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="none" stroke="${colour}" stroke-width="5"/>`;
    if (index === 2)
      return `<path d="M${cx - r} ${cy}h${2 * r}M${cx} ${cy - r}v${2 * r}" stroke="${colour}" stroke-width="5" stroke-linecap="round" transform="rotate(${random() * 40} ${cx} ${cy})"/>`;
    return `<circle cx="${cx}" cy="${cy}" r="${r * 0.6}" fill="${colour}"/>`;
  });
  return `<g opacity=".9">${marks.join('')}</g>`;
}

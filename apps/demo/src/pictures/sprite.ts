import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** Raw RGBA pixels. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

interface IconSet {
  readonly width: number;
  readonly height: number;
  readonly icons: Record<string, { readonly body: string; readonly width?: number; readonly height?: number }>;
}

/** Largest side a drawing is ever shown at; its vector is rendered once at this size and scaled down from there. */
const SPRITE = 408;
/** Alpha from which a pixel counts as part of a drawing. */
const VISIBLE = 12;
const props = join(import.meta.dirname, '..', '..', 'props');

/** Renders the drawings of the emoji set and our own props (`um:<name>`), each once. */
export class Sprites {
  private set: IconSet | null = null;
  private readonly drawn = new Map<string, Promise<Pixels>>();

  /** Pixels of a drawing without empty borders, its hue turned by `hue` degrees. */
  get(name: string, hue: number): Promise<Pixels> {
    const key = `${name}~${hue}`;
    const known = this.drawn.get(key);
    if (known) return known;
    const drawing = hue === 0 ? this.render(name) : this.get(name, 0).then((plain) => turnHue(plain, hue));
    this.drawn.set(key, drawing);
    return drawing;
  }

  private async render(name: string): Promise<Pixels> {
    const svg = name.startsWith('um:') ? await readFile(join(props, `${name.slice(3)}.svg`), 'utf8') : this.emoji(name);
    const sized = svg.replace('<svg ', `<svg width="${SPRITE}" height="${SPRITE}" `);
    return trimmed(await pixels(sharp(Buffer.from(sized))));
  }

  /** The set is a hundred megabytes of JSON: read only when something must be drawn. */
  private emoji(name: string): string {
    this.set ??= createRequire(import.meta.url)('@iconify-json/fluent-emoji/icons.json') as IconSet;
    const icon = this.set.icons[name];
    if (!icon) throw new Error(`The emoji set has no «${name}»`);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${icon.width ?? this.set.width} ${icon.height ?? this.set.height}">${icon.body}</svg>`;
  }
}

/** True when a prop of that name is drawn. */
export const hasProp = (name: string): boolean => existsSync(join(props, `${name}.svg`));

/** Decodes any sharp pipeline to RGBA. */
export async function pixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** A sharp pipeline over pixels that were decoded before. */
export const from = ({ data, width, height }: Pixels): Sharp => sharp(data, { raw: { width, height, channels: 4 } });

/** The same pixels without their empty borders, so that drawings of one side look equally large. */
async function trimmed(image: Pixels): Promise<Pixels> {
  const { data, width, height } = image;
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let at = 3, x = 0, y = 0; at < data.length; at += 4) {
    if (data[at]! > VISIBLE) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
    if (++x === width) {
      x = 0;
      y++;
    }
  }
  if (right < left) throw new Error('A drawing is empty');
  return pixels(from(image).extract({ left, top, width: right - left + 1, height: bottom - top + 1 }));
}

const turnHue = async (plain: Pixels, hue: number): Promise<Pixels> => pixels(from(plain).modulate({ hue }));

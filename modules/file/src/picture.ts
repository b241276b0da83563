import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { fileErrors } from './contract.js';
import { contentTypeOf, sniffed } from './file.rules.js';

/** A picture in one of the sizes that pages use. */
export interface EncodedVariant {
  readonly name: string;
  readonly width: number;
  readonly contentType: string;
  readonly body: Buffer;
}
export interface EncodedPicture {
  readonly width: number;
  readonly height: number;
  readonly color: string;
  readonly variants: readonly EncodedVariant[];
}

const SIZES = [
  ['320.webp', 320],
  ['640.webp', 640],
  ['640.avif', 640],
] as const;
const SMALLEST_SIDE = 200;
/** More would be a decompression bomb, not a photo. */
const MOST_PIXELS = 50_000_000;

/**
 * Makes the sizes of an uploaded picture. It is decoded and drawn anew, so that nothing but pixels is left of what was sent:
 * no place where it was taken, no script behind it. Raises `file.NOT_AN_IMAGE` and `file.TOO_SMALL`.
 */
export async function encodePicture(bytes: Buffer): Promise<EncodedPicture> {
  if (sniffed(bytes) === null) throw fileErrors.NOT_AN_IMAGE();
  const { data, info } = await decoded(bytes);
  if (Math.min(info.width, info.height) < SMALLEST_SIDE) throw fileErrors.TOO_SMALL();
  const source = () => sharp(data, { raw: info });
  const variants = await Promise.all(SIZES.map(([name, width]) => encoded(source(), name, width)));
  return { width: info.width, height: info.height, color: await meanColour(source()), variants };
}

/** The pixels, upright and on white; anything that cannot be read to its end is no picture. */
async function decoded(bytes: Buffer): Promise<{ data: Buffer; info: OutputInfo }> {
  try {
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS })
      .rotate()
      .flatten({ background: '#ffffff' });
    return await image
      .toColourspace('srgb')
      .resize(1_280, 1_280, { fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch {
    throw fileErrors.NOT_AN_IMAGE();
  }
}

async function encoded(image: Sharp, name: string, width: number): Promise<EncodedVariant> {
  const sized = image.resize({ width, withoutEnlargement: true });
  const { data, info } = await (
    name.endsWith('.avif') ? sized.avif({ quality: 50, effort: 3 }) : sized.webp({ quality: 80, effort: 4 })
  ).toBuffer({ resolveWithObject: true });
  return { name, width: info.width, contentType: contentTypeOf(name), body: data };
}

async function meanColour(image: Sharp): Promise<string> {
  const { channels } = await image.stats();
  return `#${channels
    .slice(0, 3)
    .map((channel) => Math.round(channel.mean).toString(16).padStart(2, '0'))
    .join('')}`;
}

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sharp } from 'sharp';
import { from, type Pixels } from './sprite.js';

/** One encoded size of a picture. */
export interface Variant {
  /** File name, `<width>.<format>`. */
  readonly name: string;
  readonly width: number;
  readonly bytes: number;
}

/** What the manifest says of a picture: its largest size in pixels, the colour to show while it loads, its files. */
export interface ManifestEntry {
  readonly width: number;
  readonly height: number;
  readonly dominantColor: string;
  readonly variants: readonly Variant[];
}

export type Format = 'webp' | 'avif' | 'png';

/** Encodes pixels at the asked widths, replacing what the folder held. */
export async function writeVariants(folder: string, image: Pixels, sizes: readonly (readonly [width: number, format: Format])[]): Promise<ManifestEntry> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const variants = await Promise.all(
    sizes.map(async ([width, format]): Promise<Variant> => {
      const name = `${width}.${format}`;
      const file = await encode(width === image.width ? from(image) : from(image).resize(width), format).toBuffer();
      await writeFile(join(folder, name), file);
      return { name, width, bytes: file.length };
    }),
  );
  return { width: image.width, height: image.height, dominantColor: await meanColour(image), variants };
}

/** Low efforts on purpose: the flat drawings gain under 5 % from higher ones and the build would take three times as long. */
function encode(image: Sharp, format: Format): Sharp {
  if (format === 'webp') return image.removeAlpha().webp({ quality: 82, effort: 2 });
  if (format === 'avif') return image.removeAlpha().avif({ quality: 52, effort: 1 });
  return image.png({ compressionLevel: 9 });
}

async function meanColour(image: Pixels): Promise<string> {
  const [r = 0, g = 0, b = 0] = await from(image).resize(1, 1).removeAlpha().raw().toBuffer();
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

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
export async function writeVariants(
  folder: string,
  image: Pixels,
  sizes: readonly (readonly [width: number, format: Format])[],
): Promise<ManifestEntry> {
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
  return { width: image.width, height: image.height, dominantColor: meanColour(image), variants };
}

/** Low efforts on purpose: on these flat drawings higher ones save under a tenth of the bytes for twice the time and more. */
function encode(image: Sharp, format: Format): Sharp {
  if (format === 'webp') return image.removeAlpha().webp({ quality: 82, effort: 2 });
  if (format === 'avif') return image.removeAlpha().avif({ quality: 50, effort: 0, chromaSubsampling: '4:2:0' });
  return image.png({ compressionLevel: 9 });
}

/** Mean of every hundredth pixel: enough for the colour of an empty place. */
function meanColour({ data }: Pixels): string {
  const sums = [0, 0, 0];
  let count = 0;
  for (let at = 0; at < data.length; at += 404) {
    sums.forEach((sum, part) => (sums[part] = sum + data[at + part]!));
    count++;
  }
  return `#${sums
    .map((sum) =>
      Math.round(sum / count)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

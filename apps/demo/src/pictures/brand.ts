import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** The sources in `brand/`, copied as they are. */
const sources = ['logo.svg', 'logo-light.svg', 'mark.svg', 'mark-maskable.svg', 'favicon.svg'] as const;

/** Raster files for the PWA's manifest and for old browsers: file, source, side in pixels. */
const rasters = [
  ['icon-192.png', 'mark.svg', 192],
  ['icon-512.png', 'mark.svg', 512],
  ['maskable-192.png', 'mark-maskable.svg', 192],
  ['maskable-512.png', 'mark-maskable.svg', 512],
  ['apple-touch-icon.png', 'mark-maskable.svg', 180],
  ['favicon-32.png', 'favicon.svg', 32],
] as const;

/** Writes the logo and the app icons into `target` unless they are newer than their sources. Answers how many files were written. */
export async function drawBrand(target: string, source: string): Promise<number> {
  await mkdir(target, { recursive: true });
  let written = 0;
  for (const name of sources) {
    if (await isFresh(join(target, name), join(source, name))) continue;
    await copyFile(join(source, name), join(target, name));
    written++;
  }
  for (const [name, from, side] of rasters) {
    if (await isFresh(join(target, name), join(source, from))) continue;
    const svg = await readFile(join(source, from));
    await writeFile(
      join(target, name),
      await sharp(svg, { density: (72 * side) / 64 })
        .resize(side, side)
        .png({ compressionLevel: 9 })
        .toBuffer(),
    );
    written++;
  }
  return written;
}

async function isFresh(file: string, source: string): Promise<boolean> {
  const [made, origin] = await Promise.all([stat(file).catch(() => null), stat(source)]);
  return made !== null && made.mtimeMs >= origin.mtimeMs;
}

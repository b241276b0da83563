import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { fileErrors, type FileInfo } from './contract.js';

/** Pixels a picture may have at most: beyond it a small file could fill the memory. */
const MAX_PIXELS = 40_000_000;

const SIZES = [
  { name: '320.webp', width: 320, encode: (image: Sharp) => image.webp({ quality: 80 }) },
  { name: '640.webp', width: 640, encode: (image: Sharp) => image.webp({ quality: 80 }) },
  { name: '640.avif', width: 640, encode: (image: Sharp) => image.avif({ quality: 55, effort: 2 }) },
] as const;

/** A picture made safe: re-encoded in every size, so nothing but pixels of the upload is kept (no metadata, no place). */
export interface MadePicture {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly color: string;
  readonly variants: FileInfo['variants'];
  readonly files: ReadonlyMap<string, Buffer>;
}

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0');

/** Reads uploaded bytes as a picture and makes its sizes. What is no picture raises `file.NOT_AN_IMAGE`. */
export async function makePicture(bytes: Buffer): Promise<MadePicture> {
  try {
    const source = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).rotate();
    const { width, height } = await source.metadata();
    const { dominant } = await source.clone().stats();
    const files = new Map<string, Buffer>();
    for (const size of SIZES) files.set(size.name, await size.encode(source.clone().resize({ width: size.width, withoutEnlargement: true })).toBuffer());
    const variants = SIZES.map(({ name, width: w }) => ({ name, width: w, bytes: files.get(name)!.length, contentType: `image/${name.split('.')[1]!}` }));
    return { key: createHash('sha256').update(bytes).digest('hex'), width, height, color: `#${hex(dominant.r)}${hex(dominant.g)}${hex(dominant.b)}`, variants, files };
  } catch {
    throw fileErrors.NOT_AN_IMAGE(); // the library's own words say nothing to the person
  }
}

/** Writes the sizes into their folder; each file appears whole or not at all. */
export async function keepPicture(folder: string, picture: MadePicture): Promise<void> {
  const target = path.join(folder, picture.key);
  await mkdir(target, { recursive: true });
  for (const [name, bytes] of picture.files) {
    const fresh = path.join(target, `.${name}.${process.pid}`);
    await writeFile(fresh, bytes);
    await rename(fresh, path.join(target, name));
  }
}

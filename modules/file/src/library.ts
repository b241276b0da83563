import { Inject, Injectable, Optional } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { FILE_LIBRARY, type FileInfo } from './contract.js';
import { contentTypeOf, libraryId } from './file.rules.js';

const Manifest = z.record(
  z.string(),
  z.object({
    width: z.int(),
    height: z.int(),
    dominantColor: z.string(),
    variants: z.array(z.object({ name: z.string(), width: z.int(), bytes: z.int() })),
  }),
);
type Manifest = z.infer<typeof Manifest>;

/** The pictures that were drawn when the platform was built: `manifest.json` and a folder for each key. */
@Injectable()
export class Library {
  #manifest: Promise<Manifest> | undefined;

  constructor(@Optional() @Inject(FILE_LIBRARY) private readonly folder: string | undefined) {}

  /** What the library says of its pictures; unknown keys are left out. */
  async find(keys: readonly string[]): Promise<Map<string, FileInfo>> {
    const manifest = await (this.#manifest ??= this.#read());
    return new Map(
      keys.flatMap((key) => {
        const entry = Object.hasOwn(manifest, key) ? manifest[key] : undefined;
        return entry ? [[key, infoOf(key, entry)] as const] : [];
      }),
    );
  }

  /** The path of a variant's bytes. Only keys that `find` knew ever reach it. */
  pathOf(key: string, variant: string): string {
    if (this.folder === undefined) throw new Error('the picture library has no folder');
    return path.join(this.folder, key, variant);
  }

  async #read(): Promise<Manifest> {
    if (this.folder === undefined) return {};
    try {
      return Manifest.parse(JSON.parse(await readFile(path.join(this.folder, 'manifest.json'), 'utf8')));
    } catch (error) {
      this.#manifest = undefined; // it may be drawn later
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }
}

const infoOf = (key: string, entry: Manifest[string]): FileInfo => ({
  id: libraryId(key),
  kind: 'image',
  visibility: 'public',
  width: entry.width,
  height: entry.height,
  color: entry.dominantColor,
  variants: entry.variants.map((variant) => ({ ...variant, contentType: contentTypeOf(variant.name) })),
});

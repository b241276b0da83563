import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const Entry = z.object({
  width: z.int(),
  height: z.int(),
  dominantColor: z.string().nullable(),
  variants: z.array(z.object({ name: z.string(), width: z.int(), bytes: z.int() })),
});
const Manifest = z.record(z.string(), Entry.loose());
export type LibraryEntry = z.infer<typeof Entry>;

/** The pictures that were drawn at build time, by key. A platform without them has an empty library. */
export class PictureLibrary {
  #entries: Promise<ReadonlyMap<string, LibraryEntry>> | undefined;

  constructor(readonly folder: string | undefined) {}

  /** Entries of the given keys; unknown keys are left out. */
  async find(keys: readonly string[]): Promise<Map<string, LibraryEntry>> {
    const all = await (this.#entries ??= this.#read());
    return new Map(keys.flatMap((key) => (all.has(key) ? [[key, all.get(key)!] as const] : [])));
  }

  async #read(): Promise<ReadonlyMap<string, LibraryEntry>> {
    if (this.folder === undefined) return new Map();
    const text = await readFile(path.join(this.folder, 'manifest.json'), 'utf8');
    return new Map(Object.entries(Manifest.parse(JSON.parse(text))));
  }
}

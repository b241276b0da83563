import yauzl from 'yauzl';
import { importErrors } from './contract.js';
import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** Parts of a workbook may unfold to so many bytes; more is a bomb or no product list. */
const MOST_UNFOLDED = 1024 * 1024 * 1024;
const MOST_STRINGS = 128 * 1024 * 1024;
const MOST_PARTS = 2_000;
/** Plain XML folds some ten to one, tables of equal rows a hundred to one. */
const MOST_FOLDED = 400;

/** The parts of a workbook by their names. Raises `product.BAD_XLSX` for what is none, and for what unfolds to too much. */
export class Parts {
  private constructor(
    private readonly zip: yauzl.ZipFile,
    private readonly entries: ReadonlyMap<string, yauzl.Entry>,
  ) {}

  static async open(path: string): Promise<Parts> {
    const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
      yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) =>
        error ? reject(importErrors.BAD_XLSX()) : resolve(opened),
      );
    });
    try {
      return new Parts(zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Reads a part's XML tag by tag. What `onTag`, `onText` and `onEnd` gathered may be taken in `between`, after each piece. */
  async *read<T>(name: string, handler: Handler<T>): AsyncGenerator<T> {
    const entry = this.entries.get(name);
    if (!entry || (name.endsWith('sharedStrings.xml') && entry.uncompressedSize > MOST_STRINGS))
      throw importErrors.BAD_XLSX();
    const parser = new SaxesParser({ xmlns: false, fragment: false });
    parser.on('opentag', (tag) => handler.open(localName(tag.name), tag));
    parser.on('closetag', (tag) => handler.close(localName(tag.name)));
    parser.on('text', (text) => handler.text(text));
    parser.on('cdata', (text) => handler.text(text));
    parser.on('error', () => {
      throw importErrors.BAD_XLSX();
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of await this.#stream(entry)) {
        parser.write(decoder.decode(chunk as Uint8Array, { stream: true }));
        yield* handler.taken();
      }
    } catch (error) {
      throw isBroken(error) ? importErrors.BAD_XLSX() : error;
    }
    parser.close();
    yield* handler.taken();
  }

  close(): void {
    this.zip.close();
  }

  #stream(entry: yauzl.Entry): Promise<Readable> {
    return new Promise((resolve, reject) => {
      this.zip.openReadStream(entry, (error, stream) => (error ? reject(importErrors.BAD_XLSX()) : resolve(stream)));
    });
  }
}

/** What reads a part: told of tags and text, it hands over what it has put together. */
export interface Handler<T> {
  open(name: string, tag: SaxesTagPlain): void;
  text(text: string): void;
  close(name: string): void;
  taken(): readonly T[];
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** True for what inflating and unzipping say of a damaged file. */
const isBroken = (error: unknown): boolean =>
  error instanceof Error &&
  !('status' in error) &&
  (('code' in error && String(error.code).startsWith('Z_')) ||
    /too many bytes|not enough bytes|crc|invalid/i.test(error.message));

function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    let unfolded = 0;
    zip.on('error', () => reject(importErrors.BAD_XLSX()));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      unfolded += entry.uncompressedSize;
      const bomb = entry.uncompressedSize > MOST_FOLDED * Math.max(entry.compressedSize, 1_024);
      if (bomb || unfolded > MOST_UNFOLDED || entries.size >= MOST_PARTS || entry.isEncrypted())
        return reject(importErrors.BAD_XLSX());
      entries.set(entry.fileName.replace(/^\//, ''), entry);
      return zip.readEntry();
    });
    zip.readEntry();
  });
}

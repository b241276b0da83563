import { isAscii } from 'node:buffer';

/** Bytes that are looked at before an encoding is settled, counted from the first letter that is not plain ASCII. */
const SAMPLE = 64 * 1024;

/** The text of a file that does not say in which encoding it is: a byte order mark decides, then what is valid UTF-8 is UTF-8, and the rest is windows-1251. */
export async function* decoded(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new Decoder();
  for await (const chunk of source) {
    const text = decoder.push(chunk);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

class Decoder {
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #held = Buffer.alloc(0);
  #begun = false;

  push(chunk: Uint8Array): string {
    if (this.#decoder) return this.#decoder.decode(chunk, { stream: true });
    this.#held = Buffer.concat([this.#held, chunk]);
    if (!this.#begun) {
      if (this.#held.length < 3) return '';
      this.#begun = true;
      const mark = markOf(this.#held);
      if (mark) return this.#settle(mark);
    }
    const plain = isAscii(this.#held) ? this.#held.length : this.#held.findIndex((byte) => byte > 0x7f);
    const text = this.#held.toString('latin1', 0, plain);
    this.#held = this.#held.subarray(plain);
    return this.#held.length < SAMPLE ? text : text + this.#settle(encodingOf(this.#held));
  }

  end(): string {
    if (this.#decoder) return this.#decoder.decode();
    const text = this.#settle(markOf(this.#held) ?? encodingOf(this.#held));
    return text + this.#decoder!.decode();
  }

  #settle(encoding: string): string {
    this.#decoder = new TextDecoder(encoding); // leaves the byte order mark out
    const text = this.#decoder.decode(this.#held, { stream: true });
    this.#held = Buffer.alloc(0);
    return text;
  }
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function encodingOf(sample: Buffer): string {
  try {
    // The sample may end in the middle of a letter.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
}

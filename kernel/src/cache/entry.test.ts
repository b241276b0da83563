import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode, payloadOf } from './entry.js';

const times = { freshUntil: 1, staleUntil: 2, versions: ['v1', 'v2'] };
const buffers = fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes));
const plain = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown); // -0 reads back as 0
const bundles = fc.dictionary(
  fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
  fc.oneof(buffers, plain),
);

test('a value comes back from its bytes as it was: Buffers, JSON, both side by side', () => {
  fc.assert(
    fc.property(fc.oneof(buffers, plain, bundles), (value) => {
      const payload = payloadOf(value);
      const read = decode(encode(times, payload));
      expect(read?.value).toEqual(value);
      expect(payload.bytes()).toHaveLength(payload.size);
      expect(read).toMatchObject(times);
    }),
  );
});

test('bytes that were cut short are nothing', () => {
  const bytes = encode(times, payloadOf({ status: 200, body: Buffer.from('page'), br: Buffer.from('small') }));
  for (let length = 0; length < bytes.length; length += 1) expect(decode(bytes.subarray(0, length))).toBeUndefined();
});

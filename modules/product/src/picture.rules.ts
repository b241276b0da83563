import type { Reason } from './import-reasons.js';

/** True for the address of a picture; anything else is a key or an id. */
export const isAddress = (picture: string): boolean => /^https?:\/\//i.test(picture);

const MOST_TRIES = 5;
const FIRST_WAIT_MS = 30_000;

/** When a picture is asked for again after its n-th failure, in ms from now; undefined when it is given up. */
export const waitAfter = (tries: number): number | undefined =>
  tries >= MOST_TRIES ? undefined : FIRST_WAIT_MS * 4 ** (tries - 1);

/** Failures that no further try mends, by what the file context calls them. */
const FINAL: Readonly<Record<string, Reason>> = {
  'file.BAD_ADDRESS': 'PICTURE_ADDRESS',
  'file.TOO_LARGE': 'PICTURE_TOO_LARGE',
  'file.TOO_SMALL': 'PICTURE_TOO_SMALL',
  'file.NOT_AN_IMAGE': 'NO_PICTURE',
};

/** Why a picture is given up after a failure; undefined when it is worth another try. */
export function givenUp(code: string, tries: number): Reason | undefined {
  return FINAL[code] ?? (waitAfter(tries) === undefined ? 'PICTURE_UNREACHABLE' : undefined);
}

import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** A value that cannot be printed, logged or serialised by accident. `reveal()` is the one way to it, and is easy to find. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself, for the one call that needs it. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

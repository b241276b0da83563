/** Tells the time. Injected, so that tests own it; business code reads `ctx.now` instead. */
export class Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is moved. For tests. */
export class FixedClock extends Clock {
  #at: number;

  constructor(at: Date) {
    super();
    this.#at = at.getTime();
  }

  override now(): Date {
    return new Date(this.#at);
  }

  /** Moves time forward by `ms`. */
  advance(ms: number): void {
    this.#at += ms;
  }
}

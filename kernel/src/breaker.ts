/** Stops asking somebody who does not answer: opens after repeated failures and lets one try through after each pause. */
export class Breaker {
  #failures = 0;
  #openUntil = 0;

  constructor(
    private readonly limit = 5,
    private readonly pauseMs = 1_000,
  ) {}

  /** Whether to try now, at `now` in ms. Says yes to one try a pause while open; that try must be reported. */
  admits(now: number): boolean {
    if (now < this.#openUntil) return false;
    if (this.#failures >= this.limit) this.#openUntil = now + this.pauseMs;
    return true;
  }

  /** True after too many failures, until a try has succeeded. */
  get open(): boolean {
    return this.#failures >= this.limit;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openUntil = 0;
  }

  failed(now: number): void {
    this.#failures += 1;
    if (this.open) this.#openUntil = now + this.pauseMs;
  }
}

/** What clients were told, and what they asked without hearing: what the database holds is measured against it. */
export class Told {
  /** Keys of checkouts by the order they were answered with. */
  readonly orders = new Map<string, string>();
  /** Asks that were filed. */
  readonly asks = new Set<string>();
  /** Asks whose approval was answered. */
  readonly approvals = new Set<string>();
  /** Orders the bank said were paid. */
  readonly paid = new Set<string>();
  /** What was told in a way that cannot be. */
  #contradictions: string[] = [];

  order(orderId: string, key: string): void {
    const known = this.orders.get(orderId);
    if (known !== undefined && known !== key) this.#contradictions.push(`${orderId} was confirmed under two keys`);
    this.orders.set(orderId, key);
  }

  takeContradictions(): string[] {
    const taken = this.#contradictions;
    this.#contradictions = [];
    return taken;
  }
}

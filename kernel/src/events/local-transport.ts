import type { Envelope, Subscriptions } from './listeners.js';
import type { Transport } from './relay.js';

/** Hands facts straight to the handlers of this process; one failing subscriber does not keep the others from theirs. */
export class LocalTransport implements Transport {
  constructor(private readonly subscriptions: Subscriptions) {}

  async deliver(envelope: Envelope): Promise<void> {
    const results = await Promise.allSettled(this.subscriptions.of(envelope.name).map((s) => s.handle(envelope)));
    const failed = results.filter((r) => r.status === 'rejected');
    if (failed.length === 1) throw failed[0]!.reason;
    if (failed.length > 1)
      throw new AggregateError(
        failed.map((f) => f.reason as unknown),
        `${failed.length} subscribers of ${envelope.name} failed`,
      );
  }
}

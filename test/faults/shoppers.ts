import { CONSENT_VERSION, type ApprovalView, type ChildView } from '@um/family';
import { newId } from '@um/kernel';
import type { CheckoutAnswer, QuoteView } from '@um/order';
import { randomUUID } from 'node:crypto';
import { decidesAt, Person, type Answer } from '../journeys/person.js';
import { address, PASSWORD } from '../journeys/shop.js';
import type { Answers } from './answers.js';
import type { Told } from './told.js';

type Body = { code?: string } | undefined;

/** Something a shopper wants done once, however often it has to be asked for. */
interface Intent {
  readonly what: string;
  readonly key: string;
  readonly send: () => Promise<Answer<unknown>>;
  /** Takes the answer in. */
  readonly settle: (body: never) => void;
  /** The matter is decided, though by an earlier try. */
  readonly decidedBy?: string;
  /** What the answer is recognised by when the request is repeated. */
  readonly mark: (body: never) => unknown;
}

/** Where a shopper shops: the address, what is for sale, where answers and facts are noted. */
export interface Market {
  readonly url: string;
  readonly variants: readonly string[];
  readonly answers: Answers;
  readonly told: Told;
}

/** How an attempt to shop ended: bought, refused or put off, or the server was gone. */
export type Luck = 'done' | 'not now' | 'gone';

/** Somebody who shops through the API and never gives a request up: what was not answered is asked again with its key. */
export abstract class Shopper {
  /** Asked and not answered yet. */
  open: Intent | undefined;
  /** Answered since the last look. */
  readonly #answered: { readonly intent: Intent; readonly mark: unknown }[] = [];
  #gone = false;
  #turn = 0;

  protected constructor(protected readonly market: Market) {}

  protected abstract buy(): Promise<boolean>;
  /** True when somebody fresh has to take over. */
  get tired(): boolean {
    return false;
  }
  /** True while something that was begun is not finished. */
  get busy(): boolean {
    return this.open !== undefined || this.begun;
  }
  /** True when an answer is to be followed up: an order to be paid, an ask to be decided. */
  protected abstract get begun(): boolean;

  /** Settles what is open, finishes what is begun, or buys something. */
  async shop(): Promise<Luck> {
    this.#gone = false;
    const done = this.open ? await this.#try(this.open, true) : await this.buy();
    return this.#gone ? 'gone' : done ? 'done' : 'not now';
  }

  /** Sends what was answered once more: the answer has to be the same. Answers what was not. */
  async repeat(): Promise<string[]> {
    const problems: string[] = [];
    for (const { intent, mark } of this.#answered.splice(0)) {
      const answer = (await intent.send()) as Answer<Body>;
      this.market.answers.hear({ what: intent.what, answer, again: true });
      if (answer.body?.code === intent.decidedBy && intent.decidedBy !== undefined) continue;
      const now = answer.status < 400 ? intent.mark(answer.body as never) : answer.status;
      if (now !== mark)
        problems.push(`${intent.what} ${intent.key} was answered ${String(mark)}, and again ${String(now)}`);
    }
    return problems;
  }

  protected nextVariant(): string {
    const { variants } = this.market;
    return variants[this.#turn++ % variants.length]!;
  }

  /** A request that is not repeated: whoever fails in it starts over. Its answer, when it succeeded. */
  protected async step<T>(what: string, send: () => Promise<Answer<T>>): Promise<Answer<T> | undefined> {
    const answer = await this.#heard(what, send as () => Promise<Answer<Body>>, false);
    return answer !== undefined && answer.status < 400 ? (answer as Answer<T>) : undefined;
  }

  protected intend(intent: Intent): Promise<boolean> {
    this.open = intent;
    return this.#try(intent, false);
  }

  async #try(intent: Intent, again: boolean): Promise<boolean> {
    const answer = await this.#heard(intent.what, intent.send as () => Promise<Answer<Body>>, again);
    if (answer === undefined || answer.status === 503 || answer.body?.code === 'http.IN_PROGRESS') return false;
    this.open = undefined;
    const decided = intent.decidedBy !== undefined && answer.body?.code === intent.decidedBy;
    if (answer.status >= 400 && !decided) return false;
    intent.settle(answer.body as never);
    if (!decided) this.#answered.push({ intent, mark: intent.mark(answer.body as never) });
    return true;
  }

  async #heard(what: string, send: () => Promise<Answer<Body>>, again: boolean): Promise<Answer<Body> | undefined> {
    const answer = await send().catch((error: unknown) => {
      if (!(error instanceof TypeError)) throw error; // what fetch throws for a broken connection
      return undefined;
    });
    this.#gone ||= answer === undefined;
    this.market.answers.hear({ what, answer, again });
    return answer;
  }
}

async function signedUp(market: Market): Promise<Person> {
  const who = new Person(market.url);
  await who.does('POST', '/auth/sign-up', { email: `${newId()}@example.uz`, password: PASSWORD, name: 'Buyer' });
  return who;
}

/** An adult who pays with cash, or at the sandbox bank. */
export class Adult extends Shopper {
  #unpaid: CheckoutAnswer | undefined;

  private constructor(
    market: Market,
    private readonly who: Person,
    private readonly payment: 'cash' | 'sandbox',
  ) {
    super(market);
  }

  static async signUp(market: Market, payment: 'cash' | 'sandbox'): Promise<Adult> {
    return new Adult(market, await signedUp(market), payment);
  }

  protected async buy(): Promise<boolean> {
    const { who, payment } = this;
    const { told } = this.market;
    if (this.#unpaid) return this.#pay(this.#unpaid);
    const item = { variantId: this.nextVariant(), qty: 1 };
    if (!(await this.step('add to cart', () => who.send<object>('POST', '/carts/current/items', item)))) return false;
    const quote = await this.step('quote', () => who.send<QuoteView>('POST', '/checkout/quote', {}));
    if (!quote) return false;
    const key = randomUUID();
    const body = { fingerprint: quote.body.fingerprint, payment, address };
    const ordered = await this.intend({
      what: 'checkout',
      key,
      send: () => who.send('POST', '/checkout', body, key),
      settle: (answer: CheckoutAnswer) => {
        told.order(answer.orderId, key);
        if (payment === 'sandbox') this.#unpaid = answer;
      },
      mark: (answer: CheckoutAnswer) => answer.orderId,
    });
    return ordered && (this.#unpaid === undefined || this.#pay(this.#unpaid));
  }

  protected get begun(): boolean {
    return this.#unpaid !== undefined;
  }

  #pay({ orderId, redirectUrl }: CheckoutAnswer): Promise<boolean> {
    return this.intend({
      what: 'bank',
      key: orderId,
      send: () => decidesAt(redirectUrl!, this.market.url),
      settle: () => {
        this.#unpaid = undefined;
        this.market.told.paid.add(orderId);
      },
      mark: () => 'paid',
    });
  }
}

/** A day's asks of one child are limited: then another family comes. */
const ASKS = 8;

/** A child who asks and a parent who approves. */
export class Family extends Shopper {
  #asks = 0;
  #undecided: string | undefined;
  #presentAt = Date.now();

  private constructor(
    market: Market,
    private readonly parent: Person,
    private readonly child: Person,
  ) {
    super(market);
  }

  static async open(market: Market): Promise<Family> {
    const parent = await signedUp(market);
    const { id } = await parent.does<ChildView>('POST', '/families/children', {
      nickname: 'Temur',
      birthDate: `${new Date().getFullYear() - 9}-01-01`,
      avatar: 'fox',
      pin: '4821',
      consent: { version: CONSENT_VERSION, purposes: ['profile', 'shopping', 'order_history'] },
    });
    const child = new Person(market.url, parent.cookies);
    await child.does('POST', '/auth/child/sign-in', { childId: id, pin: '4821' });
    return new Family(market, parent, child);
  }

  override get tired(): boolean {
    return this.#asks >= ASKS && !this.busy;
  }

  protected async buy(): Promise<boolean> {
    const { child } = this;
    const { told } = this.market;
    if (this.#undecided !== undefined) return this.#approve(this.#undecided);
    if (this.tired) return false;
    const item = { variantId: this.nextVariant(), qty: 1 };
    if (!(await this.step('add to cart', () => child.send<object>('POST', '/carts/current/items', item)))) return false;
    const key = randomUUID();
    this.#asks += 1;
    const asked = await this.intend({
      what: 'ask',
      key,
      send: () => child.send('POST', '/approvals', {}, key),
      settle: ({ approvalId }: { approvalId: string }) => {
        this.#undecided = approvalId;
        told.asks.add(approvalId);
      },
      mark: (answer: { approvalId: string }) => answer.approvalId,
    });
    return asked && this.#approve(this.#undecided!);
  }

  protected get begun(): boolean {
    return this.#undecided !== undefined;
  }

  async #approve(approvalId: string): Promise<boolean> {
    const { parent } = this;
    const path = `/approvals/${approvalId}`;
    const approval = await this.step('see ask', () => parent.send<ApprovalView>('GET', path));
    if (!approval) return false;
    if (!(await this.#isPresent())) return false;
    const decision = { decision: 'approve', snapshotHash: approval.body.snapshotHash, payment: 'cash', address };
    const key = randomUUID();
    return this.intend({
      what: 'decision',
      key,
      send: () => parent.send('POST', `${path}/decision`, decision, key),
      settle: () => {
        this.#undecided = undefined;
        this.market.told.approvals.add(approvalId);
      },
      decidedBy: 'family.BAD_STATE',
      mark: (answer: ApprovalView) => answer.id,
    });
  }

  /** A proof of presence is good for five minutes. */
  async #isPresent(): Promise<boolean> {
    if (Date.now() - this.#presentAt < 3 * 60_000) return true;
    const proof = { password: PASSWORD };
    const stepped = await this.step('step up', () => this.parent.send<object>('POST', '/auth/step-up', proof));
    if (stepped) this.#presentAt = Date.now();
    return stepped !== undefined;
  }
}

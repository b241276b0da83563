import type { CartView } from '@um/cart';
import type { AskAnswer, QuoteView } from '@um/order';
import {
  Button,
  Card,
  EmptyState,
  IconHeart,
  IconSend,
  LinkButton,
  Note,
  Picture,
  Price,
  Quantity,
  Textarea,
  useToast,
  formatMoney,
  IconTrash2,
} from '@um/ui';
import { useRef, type FormEvent, type ReactElement } from 'react';
import type { z } from 'zod';
import { ApiProblem } from '../api/api.js';
import { variantWords } from '../parts/attributes.js';
import { useCartChanges, type CartChanges } from '../parts/cart-changes.js';
import { PackedParts } from '../parts/bundle.js';
import { DownloadBadge } from '../parts/downloads.js';
import { textsOf, useWork } from '../parts/form.js';
import { Sums } from '../parts/sums.js';
import { PageTitle } from '../parts/tile.js';
import { definePage, type LoadContext } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';

type Line = CartView['lines'][number];

interface Data {
  cart: CartView;
  /** The whole price with delivery, as the parent will see it; null while something in the picks cannot be asked for. */
  quote: QuoteView | null;
}

/** What a child has chosen, and the way to ask for it. */
export const page = definePage<Data>({
  load: loadPicks,
  head: (_data, t) => ({ title: t.kids.picks, hidden: true }),
  View: Picks,
});

async function loadPicks({ api }: Pick<LoadContext, 'api'>): Promise<Data> {
  const cart = await api.get<CartView>('/carts/current');
  return { cart, quote: cart.orderable ? await quoteOf(api) : null };
}

async function quoteOf(api: LoadContext['api']): Promise<QuoteView | null> {
  try {
    return await api.send<QuoteView>('POST', '/checkout/quote', {});
  } catch (error) {
    // Something changed between the two questions: the lines themselves say what.
    if (error instanceof ApiProblem && error.status === 409) return null;
    throw error;
  }
}

function Picks({ data: { cart, quote } }: { data: Data }): ReactElement {
  const { t, refresh } = useApp();
  const href = useHref();
  const changes = useCartChanges(() => void refresh());
  if (cart.lines.length === 0) {
    return (
      <>
        <h1 className="sr-only">{t.kids.picks}</h1>
        <EmptyState
          icon={IconHeart}
          title={t.kids.picksEmpty}
          action={<LinkButton href={href('/')}>{t.kids.look}</LinkButton>}
        >
          {t.kids.picksEmptyText}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageTitle>{t.kids.picks}</PageTitle>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <Card>
          <ul className="divide-y divide-line">
            {cart.lines.map((line) => (
              <Pick key={line.id} line={line} {...changes} />
            ))}
          </ul>
        </Card>
        {quote ? (
          <AskForm quote={quote} />
        ) : (
          <Note tone="accent" role="status">
            {t.kids.notOrderable}
          </Note>
        )}
      </div>
    </>
  );
}

function Pick({ line, busy, change, remove }: { line: Line } & CartChanges): ReactElement {
  const { t, locale } = useApp();
  const href = useHref();
  return (
    <li className="grid grid-cols-[5.5rem_1fr] gap-4 py-4 first:pt-0 last:pb-0">
      <Picture id={line.pictureId} alt="" sizes="100px" className="aspect-square rounded-box bg-picture" />
      <div className="flex min-w-0 flex-col gap-2">
        <a href={href(`/p/${line.slug}`)} className="font-semibold hover:underline">
          {line.title}
        </a>
        <p className="flex flex-wrap items-baseline justify-between gap-2">
          <span className="text-ink-soft">
            {[variantWords(line.variantLabel, t), formatMoney(line.unitPrice, locale)].filter(Boolean).join(' · ')}
          </span>
          <Price money={line.lineTotal} />
        </p>
        <PackedParts parts={line.parts} />
        {line.problem && <p className="font-semibold text-danger-ink">{t.kids.problems[line.problem]}</p>}
        <div className="flex flex-wrap items-center justify-between gap-2">
          {line.digital && line.qty === 1 ? (
            <DownloadBadge />
          ) : (
            <Quantity
              value={line.qty}
              max={Math.max(1, Math.min(99, line.available))}
              onChange={(qty) => change(line, qty)}
              label={line.title}
              disabled={busy !== null}
            />
          )}
          <Button kind="quiet" icon={IconTrash2} disabled={busy !== null} onClick={() => remove(line)}>
            {t.remove}
          </Button>
        </div>
      </div>
    </li>
  );
}

/** The whole price first, then one calm button (UXP-02, UXP-08). */
function AskForm({ quote }: { quote: QuoteView }): ReactElement {
  const { api, t, go, cartCount } = useApp();
  const toast = useToast();
  const { busy, problem, fields, run } = useWork();
  const attempt = useRef({ body: '', key: '' });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { note = '' } = textsOf(event.currentTarget);
    const body = note ? { note } : {};
    const print = `${quote.fingerprint} ${note}`;
    if (attempt.current.body !== print) attempt.current = { body: print, key: crypto.randomUUID() };
    void run(async () => {
      const answer = await api.send<z.infer<typeof AskAnswer>>('POST', '/approvals', body, attempt.current.key);
      cartCount.set(0);
      toast.ok(t.kids.sent);
      go(`/asks/${answer.approvalId}`, { replace: true });
    });
  };
  return (
    <Card>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <h2 className="text-xl">{t.kids.sendTitle}</h2>
        <Sums {...quote} vatIncluded={undefined} />
        <Textarea name="note" label={t.kids.note} hint={t.kids.noteHint} maxLength={300} error={fields['note']} />
        <p className="text-sm text-ink-soft">{t.kids.sendText}</p>
        {problem && (
          <Note tone="accent" role="alert">
            {problem}
          </Note>
        )}
        <Button type="submit" icon={IconSend} busy={busy} wide>
          {t.kids.send}
        </Button>
      </form>
    </Card>
  );
}

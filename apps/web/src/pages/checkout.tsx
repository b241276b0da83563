import type { CheckoutAnswer, QuoteView } from '@um/order';
import { Button, Card, Input, Note, Picture, Price, Section, formatMoney } from '@um/ui';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import type { z } from 'zod';
import { ApiProblem } from '../api/api.js';
import { AddressChoice, chosenAddress, PaymentFields, type Saved } from '../parts/delivery.js';
import { textsOf, useWork } from '../parts/form.js';
import { QuoteChanged } from '../parts/quote-changed.js';
import { Sums } from '../parts/sums.js';
import { PageTitle } from '../parts/tile.js';
import { definePage, Redirect, type LoadContext } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { useStore } from '../state/store.js';

interface Data {
  quote: QuoteView;
  addresses: readonly Saved[];
}

/** Where a cart becomes an order: contact, address, payment, and the whole price. */
export const page = definePage<Data>({
  load: loadCheckout,
  head: (_data, t) => ({ title: t.checkout.title, hidden: true }),
  View: Checkout,
});

async function loadCheckout({ api, viewer }: LoadContext): Promise<Data> {
  try {
    const addresses = viewer ? await api.get<Saved[]>('/me/addresses') : [];
    const region = addresses[0]?.region;
    const quote = await api.send<QuoteView>('POST', '/checkout/quote', region ? { region } : {});
    return { addresses, quote };
  } catch (error) {
    // An empty cart, or one with lines that cannot be ordered: the cart page says which.
    if (error instanceof ApiProblem && error.status === 409) throw new Redirect('/cart');
    throw error;
  }
}

/** Keeps the quote true to the chosen region. */
function useQuote(first: QuoteView): {
  quote: QuoteView;
  setQuote: (quote: QuoteView) => void;
  onRegion: (region: string) => void;
} {
  const { api } = useApp();
  const [quote, setQuote] = useState(first);
  const onRegion = (region: string): void => {
    if (!region) return;
    // Should this fail, placing the order still compares what was seen with what it costs.
    api.send<QuoteView>('POST', '/checkout/quote', { region }).then(setQuote, () => undefined);
  };
  return { quote, setQuote, onRegion };
}

function Checkout({ data }: { data: Data }): ReactElement {
  const { t, viewer } = useApp();
  const person = useStore(viewer);
  const { quote, setQuote, onRegion } = useQuote(data.quote);
  const { fields, problem, busy, place, changed, setChanged, form } = usePlacing(data, quote);
  return (
    <div className="page pt-6 sm:pt-8">
      <PageTitle>{t.checkout.title}</PageTitle>
      <form ref={form} onSubmit={place} className="grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <div className="flex flex-col gap-6">
          {!person && (
            <Card>
              <Section title={t.checkout.contact} level={2}>
                <Input
                  name="email"
                  type="email"
                  autoComplete="email"
                  required
                  label={t.checkout.email}
                  hint={`${t.checkout.emailHint} ${t.checkout.guestHint}`}
                  error={fields['email']}
                />
              </Section>
            </Card>
          )}
          {quote.needsAddress && (
            <Card>
              <Section title={t.checkout.address}>
                <AddressChoice saved={data.addresses} fields={fields} onRegion={onRegion} />
              </Section>
            </Card>
          )}
          <Card>
            <Section title={t.checkout.payment}>
              <PaymentFields methods={quote.methods} />
            </Section>
          </Card>
        </div>
        <Summary quote={quote} busy={busy} problem={problem} />
      </form>
      <QuoteChanged
        before={quote.total}
        now={changed}
        onClose={() => setChanged(null)}
        onAccept={(next) => {
          setQuote(next);
          setChanged(null);
          // The form is sent again with the new fingerprint once it has been rendered.
          requestAnimationFrame(() => form.current?.requestSubmit());
        }}
      />
    </div>
  );
}

function usePlacing(data: Data, quote: QuoteView) {
  const { api, go, cartCount, viewer } = useApp();
  const { fields, problem, busy, run } = useWork();
  const [changed, setChanged] = useState<QuoteView | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // One key for one attempt at one total: pressing twice, or again after a broken line, orders once.
  const attempt = useRef({ fingerprint: '', key: '' });

  const send = async (texts: Record<string, string>): Promise<void> => {
    const body = {
      fingerprint: quote.fingerprint,
      payment: texts['payment'],
      ...(quote.needsAddress ? { address: chosenAddress(texts, data.addresses) } : {}),
      ...(viewer.get() ? {} : { email: texts['email'] }),
    };
    const print = JSON.stringify(body);
    if (attempt.current.fingerprint !== print) attempt.current = { fingerprint: print, key: crypto.randomUUID() };
    try {
      const answer = await api.send<z.infer<typeof CheckoutAnswer>>('POST', '/checkout', body, attempt.current.key);
      cartCount.set(0);
      localStorage.removeItem('um.cart');
      if (answer.redirectUrl) location.assign(answer.redirectUrl);
      else go(`/orders/${answer.orderId}`, { replace: true });
    } catch (error) {
      const fresh =
        error instanceof ApiProblem && error.code === 'order.QUOTE_CHANGED'
          ? (error.details['quote'] as QuoteView | undefined)
          : undefined;
      if (!fresh) throw error;
      setChanged(fresh);
    }
  };
  const place = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void run(() => send(textsOf(event.currentTarget)));
  };
  return { fields, problem, busy, place, changed, setChanged, form };
}

function Summary({ quote, busy, problem }: { quote: QuoteView; busy: boolean; problem: string | null }): ReactElement {
  const { t, locale } = useApp();
  const href = useHref();
  return (
    <Card className="lg:sticky lg:top-32">
      <h2 className="text-xl">{t.checkout.summary}</h2>
      <ul className="mt-4 flex flex-col gap-3">
        {quote.lines.map((line) => (
          <li key={line.variantId} className="grid grid-cols-[3.25rem_1fr_auto] items-center gap-3 text-sm">
            <Picture id={line.pictureId} alt="" sizes="52px" className="aspect-square rounded-field bg-picture" />
            <span className="min-w-0">
              <span className="line-clamp-2 leading-snug">{line.title}</span>
              <span className="text-ink-soft">
                {line.digital ? t.downloads.kind : `${line.qty} × ${formatMoney(line.unitPrice, locale)}`}
              </span>
            </span>
            <Price money={line.lineTotal} size="s" />
          </li>
        ))}
      </ul>
      <div className="mt-5">
        <Sums {...quote} />
      </div>
      {problem && (
        <Note tone="danger" role="alert" className="mt-4">
          {problem}
        </Note>
      )}
      <Button type="submit" wide busy={busy} className="mt-5 min-h-13">
        {t.checkout.placeFor(formatMoney(quote.total, locale))}
      </Button>
      <p className="mt-3 text-center text-sm">
        <a href={href('/cart')} className="text-brand-ink underline">
          {t.checkout.backToCart}
        </a>
      </p>
    </Card>
  );
}

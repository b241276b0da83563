import type { Money } from '@um/kernel/contract';
import type { QuoteView } from '@um/order';
import { Button, Dialog, Price } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp } from '../state/app.js';
import { Sums } from './sums.js';

interface QuoteChangedProps {
  before: Money;
  /** The new calculation; null keeps the window closed. */
  now: QuoteView | null;
  onClose: () => void;
  onAccept: (now: QuoteView) => void;
}

/** Tells that the price is another than the one seen. Nothing is ordered until the new one is accepted. */
export function QuoteChanged({ before, now, onClose, onAccept }: QuoteChangedProps): ReactElement {
  const { t, go } = useApp();
  return (
    <Dialog
      open={now !== null}
      onClose={onClose}
      title={t.checkout.changedTitle}
      actions={
        <>
          <Button className="grow" onClick={() => now && onAccept(now)}>
            {t.checkout.accept}
          </Button>
          <Button kind="secondary" className="grow" onClick={() => go('/cart')}>
            {t.checkout.backToCart}
          </Button>
        </>
      }
    >
      <p className="text-ink-soft">{t.checkout.changedText}</p>
      <p className="mt-4 flex items-baseline gap-3">
        <span className="text-sm text-ink-soft">{t.checkout.was}</span>
        <s>
          <Price money={before} size="s" />
        </s>
        <span className="text-sm text-ink-soft">{t.checkout.now}</span>
        {now && <Price money={now.total} />}
      </p>
      {now && (
        <div className="mt-4">
          <Sums {...now} />
        </div>
      )}
    </Dialog>
  );
}

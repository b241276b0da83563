import type { ProductView } from '@um/product';
import { formatMoney, Picture } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp, useHref } from '../state/app.js';
import { variantWords } from './attributes.js';

/** What is packed for a bundle, in a few lines under its title. */
export function PackedParts({
  parts,
}: {
  parts: readonly { readonly title: string; readonly qty: number }[];
}): ReactElement | null {
  if (parts.length === 0) return null;
  return (
    <ul className="mt-1 text-sm text-ink-soft">
      {parts.map((part) => (
        <li key={part.title}>
          {part.qty} × {part.title}
        </li>
      ))}
    </ul>
  );
}

/** What a bundle is made of, each part with its own page and price, and what is saved by taking them together. */
export function BundleParts({ variant }: { variant: ProductView['variants'][number] }): ReactElement | null {
  const { t, locale } = useApp();
  const href = useHref();
  if (variant.parts.length === 0) return null;
  return (
    <section className="rounded-box border border-line p-4">
      <h2 className="text-base font-semibold">{t.bundle.parts}</h2>
      <ul className="mt-3 flex flex-col gap-3">
        {variant.parts.map((part) => (
          <li key={part.variantId} className="grid grid-cols-[3rem_1fr_auto] items-center gap-3 text-sm">
            <Picture id={part.pictureId} alt="" sizes="48px" className="aspect-square rounded-field bg-picture" />
            <span className="min-w-0">
              <a href={href(`/p/${part.slug}`)} className="font-medium hover:underline">
                {part.title}
              </a>
              {part.variantLabel && <span className="block text-ink-soft">{variantWords(part.variantLabel, t)}</span>}
            </span>
            <span className="whitespace-nowrap text-ink-soft">
              {part.qty} × {formatMoney(part.price, locale)}
            </span>
          </li>
        ))}
      </ul>
      {variant.saving && (
        <p className="mt-3 font-semibold text-ok-ink">{t.bundle.saving(formatMoney(variant.saving, locale))}</p>
      )}
    </section>
  );
}

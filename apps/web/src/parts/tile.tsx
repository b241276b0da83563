import type { ProductCard as Product } from '@um/search';
import { Badge, ProductCard, ProductGrid } from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import { useApp, useHref } from '../state/app.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';
import { AgeBadge } from './safety.js';

interface TileProps {
  product: Product;
  eager?: boolean | undefined;
}

/** A product of a list. Children see no struck-out prices: a price is what it is (UXP-01). */
export function ProductTile({ product, eager }: TileProps): ReactElement {
  const { t, viewer } = useApp();
  const href = useHref();
  const child = isChild(useStore(viewer));
  return (
    <ProductCard
      href={href(`/p/${product.slug}`)}
      title={product.title}
      pictureId={product.pictureId}
      price={product.price}
      was={child ? null : product.compareAt}
      brand={product.brand ?? product.store.name}
      eager={eager}
      dimmed={!product.inStock}
      flag={product.inStock ? null : <Badge>{t.list.soldOut}</Badge>}
      facts={
        <>
          <AgeBadge ageMinMonths={product.ageMinMonths} infoMark={product.infoMark} />
          {product.variants > 1 && <Badge>{t.list.variants(product.variants)}</Badge>}
        </>
      }
    />
  );
}

/** A grid of products; the first row's pictures load at once. */
export function Tiles({ products, dense }: { products: readonly Product[]; dense?: boolean }): ReactElement {
  return (
    <ProductGrid dense={dense ?? false}>
      {products.map((product, place) => (
        <li key={product.id}>
          <ProductTile product={product} eager={place < 4} />
        </li>
      ))}
    </ProductGrid>
  );
}

/** A row of products that scrolls sideways. */
export function Shelf({ products }: { products: readonly Product[] }): ReactElement {
  return (
    <ul className="no-bar -mx-4 flex snap-x gap-2.5 overflow-x-auto px-4 pb-2 sm:mx-0 sm:gap-4 sm:px-0" tabIndex={-1}>
      {products.map((product) => (
        <li key={product.id} className="w-44 shrink-0 snap-start sm:w-56">
          <ProductTile product={product} />
        </li>
      ))}
    </ul>
  );
}

/** The heading of a page with what stands beside it. */
export function PageTitle({
  children,
  aside,
  note,
}: {
  children: ReactNode;
  aside?: ReactNode;
  note?: ReactNode;
}): ReactElement {
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3 sm:mb-7">
      <div>
        <h1 className="text-2xl sm:text-3xl">{children}</h1>
        {note && <p className="mt-1.5 max-w-2xl text-ink-soft">{note}</p>}
      </div>
      {aside}
    </div>
  );
}

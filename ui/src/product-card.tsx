import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.js';
import type { MoneyValue } from './money.js';
import { Picture } from './picture.js';
import { Price } from './price.js';

interface ProductCardProps {
  href: string;
  title: string;
  pictureId: string | null | undefined;
  price: MoneyValue;
  was?: MoneyValue | null | undefined;
  brand?: string | null | undefined;
  /** Small facts under the title: the age grade, the rating, the seller. */
  facts?: ReactNode;
  /** A word over the picture, such as "out of stock". */
  flag?: ReactNode;
  eager?: boolean | undefined;
  dimmed?: boolean | undefined;
  headingLevel?: 2 | 3 | undefined;
}

/** One product in a grid. The whole card is one link, named by the title. */
export function ProductCard({
  href,
  title,
  pictureId,
  price,
  was,
  brand,
  facts,
  flag,
  eager,
  dimmed,
  headingLevel = 3,
}: ProductCardProps): ReactElement {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <article className="group relative flex h-full flex-col rounded-card border border-line bg-surface p-2 transition-shadow hover:shade-2 has-focus-visible:shade-2 sm:p-2.5">
      <div className="relative overflow-hidden rounded-box bg-picture">
        <Picture
          id={pictureId}
          alt=""
          sizes="(min-width: 80rem) 15rem, (min-width: 48rem) 30vw, 46vw"
          eager={eager}
          className={cx(
            'aspect-square transition-transform duration-300 group-hover:scale-103',
            dimmed && 'opacity-55',
          )}
        />
        {flag && <span className="absolute top-2 left-2">{flag}</span>}
      </div>
      <div className="flex grow flex-col gap-1 px-1.5 pt-3 pb-2">
        <Price money={price} was={was} />
        {brand && <p className="text-xs font-medium text-ink-soft">{brand}</p>}
        <Heading className="line-clamp-2 text-sm leading-snug font-medium tracking-normal sm:text-[0.95rem]">
          <a
            href={href}
            className="after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-(--focus)"
          >
            {title}
          </a>
        </Heading>
        {facts && <div className="mt-auto flex flex-wrap gap-1.5 pt-2">{facts}</div>}
      </div>
    </article>
  );
}

/** The grid that product cards stand in; two columns on a phone. */
export function ProductGrid({ children, dense }: { children: ReactNode; dense?: boolean }): ReactElement {
  return (
    <ul
      className={cx(
        'grid grid-cols-2 gap-2.5 sm:gap-4 md:grid-cols-3',
        dense ? 'lg:grid-cols-4' : 'lg:grid-cols-4 xl:grid-cols-5',
      )}
    >
      {children}
    </ul>
  );
}

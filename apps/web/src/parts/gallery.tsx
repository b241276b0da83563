import { cx, Picture } from '@um/ui';
import { useRef, useState, type ReactElement } from 'react';
import { useT } from '../state/app.js';

/** A product's pictures: one large, the others below it. On a phone they scroll sideways under the finger. */
export function Gallery({
  pictures,
  title,
}: {
  pictures: readonly { id: string; alt: string }[];
  title: string;
}): ReactElement {
  const t = useT();
  const [at, setAt] = useState(0);
  const strip = useRef<HTMLDivElement>(null);
  const shown: readonly ({ id: string; alt: string } | null)[] = pictures.length > 0 ? pictures : [null];
  const show = (place: number): void => {
    setAt(place);
    strip.current?.scrollTo({ left: place * strip.current.clientWidth, behavior: 'smooth' });
  };
  const onScroll = (): void => {
    const box = strip.current;
    if (box) setAt(Math.round(box.scrollLeft / box.clientWidth));
  };
  return (
    <div className="flex flex-col gap-3">
      <div
        ref={strip}
        onScroll={onScroll}
        className="no-bar flex snap-x snap-mandatory overflow-x-auto rounded-card border border-line bg-picture"
      >
        {shown.map((picture, place) => (
          <Picture
            key={picture?.id ?? place}
            id={picture?.id}
            alt={picture?.alt || title}
            sizes="(min-width: 64rem) 40rem, 100vw"
            sharp
            fit="contain"
            eager={place === 0}
            className="aspect-square w-full shrink-0 snap-center"
          />
        ))}
      </div>
      {pictures.length > 1 && (
        <div className="no-bar flex gap-2 overflow-x-auto p-1">
          {pictures.map((picture, place) => (
            <button
              key={picture.id}
              type="button"
              onClick={() => show(place)}
              aria-label={t.product.pictureOf(place + 1, pictures.length)}
              aria-current={place === at ? 'true' : undefined}
              className={cx(
                'size-18 shrink-0 overflow-hidden rounded-box border-2 bg-picture',
                place === at ? 'border-brand' : 'border-line',
              )}
            >
              <Picture id={picture.id} alt="" sizes="72px" className="size-full" />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

import type { ReactElement } from 'react';
import { cx } from './cx.js';
import { IconImage } from './icons.js';

interface PictureProps {
  /** The file's id; nothing shows an empty frame. */
  id: string | null | undefined;
  alt: string;
  /** The `sizes` attribute: how wide the picture will be at which viewport. */
  sizes: string;
  /** Shown larger than a card: always the large file. */
  sharp?: boolean | undefined;
  /** The first pictures of a page load at once, the others when they come near. */
  eager?: boolean | undefined;
  /** A picture of another shape is cut to its place, or shown whole. */
  fit?: 'cover' | 'contain' | undefined;
  className?: string | undefined;
}

const url = (id: string, variant: string): string => `/api/v1/files/${id}/${variant}`;

/** A product's picture: AVIF or WebP in the width that fits, without moving the page when it arrives. */
export function Picture({ id, alt, sizes, sharp, eager, fit = 'cover', className }: PictureProps): ReactElement {
  if (!id) {
    return (
      <span
        className={cx('flex items-center justify-center bg-picture text-ink-soft', className)}
        {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}
      >
        <IconImage size={32} />
      </span>
    );
  }
  return (
    <picture className={cx('block overflow-hidden', className)}>
      {sharp && <source type="image/avif" srcSet={url(id, '640.avif')} />}
      {!sharp && <source type="image/avif" srcSet={url(id, '640.avif')} media="(min-resolution: 1.5dppx)" />}
      <img
        src={url(id, '640.webp')}
        srcSet={`${url(id, '320.webp')} 320w, ${url(id, '640.webp')} 640w`}
        sizes={sizes}
        width={640}
        height={640}
        alt={alt}
        loading={eager ? 'eager' : 'lazy'}
        fetchPriority={eager ? 'high' : undefined}
        decoding="async"
        className={cx('size-full', fit === 'cover' ? 'object-cover' : 'object-contain')}
      />
    </picture>
  );
}

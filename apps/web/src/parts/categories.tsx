import type { ReactElement } from 'react';
import { useApp, useHref } from '../state/app.js';
import { categoryUrl } from './drawn.js';

/** The root departments as large tiles with their drawing. */
export function CategoryTiles(): ReactElement {
  const { menu } = useApp();
  const href = useHref();
  return (
    <ul className="grid grid-cols-3 gap-2.5 sm:grid-cols-4 sm:gap-4 md:grid-cols-5 xl:grid-cols-8">
      {menu.map(({ id, name, icon }) => (
        <li key={id}>
          <a
            href={href(`/c/${id}`)}
            className="group flex h-full flex-col items-center gap-2 rounded-card border border-line bg-surface px-2 py-4 text-center text-sm leading-snug font-semibold transition-shadow hover:shade-2"
          >
            <img
              src={categoryUrl(icon)}
              alt=""
              width={56}
              height={56}
              className="transition-transform group-hover:scale-110"
            />
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

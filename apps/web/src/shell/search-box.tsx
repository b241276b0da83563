import { IconLayoutGrid, IconSearch, IconTag, Picture, Price } from '@um/ui';
import type { Suggestions } from '@um/search';
import { useEffect, useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { z } from 'zod';
import { useApp, useHref } from '../state/app.js';

type Found = z.infer<typeof Suggestions>;
const PAUSE_MS = 180;

/** What goes with the words typed so far; empty until two letters. Answers that come too late are dropped. */
function useSuggestions(words: string): Found | null {
  const { api } = useApp();
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (words.trim().length < 2) return setFound(null);
    let late = false;
    const timer = setTimeout(() => {
      api.get<Found>('/search/suggest', { q: words.trim() }).then(
        (answer) => !late && setFound(answer),
        () => !late && setFound(null), // Suggestions are a help, not a need: the search itself still works.
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [api, words]);
  return found;
}

const searchFor = (words: string): string => `/search?q=${encodeURIComponent(words)}`;
const brandPage = (name: string): string => `/search?brand=${encodeURIComponent(name)}`;

interface Option {
  id: string;
  to: string;
}

/** The search field with suggestions (an ARIA combobox). Works as a plain form before scripts are there. */
export function SearchBox({ initial, placeholder }: { initial: string; placeholder: string }): ReactElement {
  const { t, go } = useApp();
  const href = useHref();
  const base = useId();
  const [words, setWords] = useState(initial);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  useEffect(() => setWords(initial), [initial]);
  const found = useSuggestions(open ? words : '');
  const options: Option[] = [
    ...(found?.corrected ? [{ id: `${base}-d`, to: searchFor(found.corrected) }] : []),
    ...(found?.brands.map((b, n) => ({ id: `${base}-b-${n}`, to: brandPage(b.name) })) ?? []),
    ...(found?.categories.map((c) => ({ id: `${base}-c-${c.id}`, to: `/c/${c.id}` })) ?? []),
    ...(found?.products.map((p) => ({ id: `${base}-p-${p.slug}`, to: `/p/${p.slug}` })) ?? []),
  ];
  const shown = open && options.length > 0;

  const leave = (to: string): void => {
    setOpen(false);
    setAt(-1);
    go(to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false);
    if (!shown || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    setAt(next < -1 ? options.length - 1 : next >= options.length ? -1 : next);
  };

  return (
    <form
      role="search"
      action={href('/search')}
      className="relative w-full"
      onSubmit={(event) => {
        event.preventDefault();
        const option = options[at];
        if (option) leave(option.to);
        else if (words.trim()) leave(searchFor(words.trim()));
      }}
    >
      <input
        name="q"
        type="search"
        role="combobox"
        autoComplete="off"
        aria-label={t.shell.searchLabel}
        aria-expanded={shown}
        aria-controls={`${base}-list`}
        aria-autocomplete="list"
        aria-activedescendant={options[at]?.id}
        placeholder={placeholder}
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setOpen(true);
          setAt(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="tap w-full rounded-full border-2 border-brand bg-surface py-2 pr-16 pl-5 placeholder:text-ink-soft [&::-webkit-search-cancel-button]:hidden"
      />
      <button
        type="submit"
        aria-label={t.shell.search}
        className="absolute inset-y-1 right-1 inline-flex aspect-[1.35] items-center justify-center rounded-full bg-brand text-on-brand hover:bg-brand-hover"
      >
        <IconSearch size={20} />
      </button>
      <p role="status" className="sr-only">
        {shown ? t.shell.suggestionsFound(options.length) : ''}
      </p>
      {shown && <SuggestionList base={base} found={found!} current={options[at]?.id} leave={leave} />}
    </form>
  );
}

function SuggestionList({
  base,
  found,
  current,
  leave,
}: {
  base: string;
  found: Found;
  current: string | undefined;
  leave: (to: string) => void;
}): ReactElement {
  const { t } = useApp();
  const row =
    'flex w-full items-center gap-3 rounded-field px-3 py-2 text-left hover:bg-sunken aria-selected:bg-sunken';
  const option = (id: string, to: string) => ({
    id,
    role: 'option',
    'aria-selected': id === current,
    className: row,
    onPointerDown: (event: { preventDefault: () => void }) => event.preventDefault(),
    onClick: () => leave(to),
  });
  return (
    <div
      id={`${base}-list`}
      role="listbox"
      aria-label={t.shell.suggestions}
      className="shade-2 absolute inset-x-0 top-full z-40 mt-2 max-h-[70dvh] overflow-y-auto rounded-card border border-line bg-raised p-2"
    >
      {found.corrected && (
        <div tabIndex={-1} {...option(`${base}-d`, searchFor(found.corrected))}>
          <IconSearch size={18} className="text-ink-soft" />
          <span className="font-medium">{t.shell.suggestedWords(found.corrected)}</span>
        </div>
      )}
      {found.brands.map(({ name }, n) => (
        <div key={name} tabIndex={-1} {...option(`${base}-b-${n}`, brandPage(name))}>
          <IconTag size={18} className="text-ink-soft" />
          <span className="font-medium">{name}</span>
          <span className="text-sm text-ink-soft">{t.shell.suggestedBrand}</span>
        </div>
      ))}
      {found.categories.map((category) => (
        <div key={category.id} tabIndex={-1} {...option(`${base}-c-${category.id}`, `/c/${category.id}`)}>
          <IconLayoutGrid size={18} className="text-ink-soft" />
          <span className="font-medium">{category.name}</span>
        </div>
      ))}
      {found.products.map((product) => (
        <div key={product.slug} tabIndex={-1} {...option(`${base}-p-${product.slug}`, `/p/${product.slug}`)}>
          <Picture id={product.pictureId} alt="" sizes="44px" className="size-11 shrink-0 rounded-field bg-picture" />
          <span className="line-clamp-1 grow">{product.title}</span>
          <Price money={product.price} size="s" className="shrink-0" />
        </div>
      ))}
    </div>
  );
}

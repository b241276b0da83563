import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { cx } from './cx.js';
import type { Icon } from './icon.js';

export type MenuItem = { label: ReactNode; icon?: Icon | undefined; danger?: boolean | undefined } & (
  | { href: string }
  | { onSelect: () => void }
);

interface MenuProps {
  /** The button that opens it; spread the given properties on it. */
  renderTrigger: (wired: {
    'aria-haspopup': 'menu';
    'aria-expanded': boolean;
    'aria-controls': string;
    onClick: () => void;
  }) => ReactNode;
  items: readonly MenuItem[];
  head?: ReactNode;
}

/** A short list of actions under a button. Arrow keys walk it, Escape and a press elsewhere close it. */
export function Menu({ renderTrigger, items, head }: MenuProps): ReactElement {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return undefined;
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const entries = [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      setOpen(false);
      if (event.key === 'Escape') root.current?.querySelector<HTMLElement>('[aria-haspopup=menu]')?.focus();
    } else if (to !== undefined) {
      event.preventDefault();
      entries.at(to % entries.length)?.focus();
    }
  };

  return (
    <div ref={root} className="relative">
      {renderTrigger({
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        'aria-controls': id,
        onClick: () => setOpen(!open),
      })}
      {open && (
        <div
          id={id}
          role="menu"
          tabIndex={-1}
          onKeyDown={onKeyDown}
          className="shade-2 absolute top-full right-0 z-40 mt-2 min-w-56 animate-[rise_0.15s_ease-out] rounded-box border border-line bg-raised p-1.5"
        >
          {head && <div className="mb-1 border-b border-line px-3 pt-1.5 pb-2.5">{head}</div>}
          {items.map((item, place) => (
            <Entry key={place} item={item} close={() => setOpen(false)} />
          ))}
        </div>
      )}
    </div>
  );
}

function Entry({ item, close }: { item: MenuItem; close: () => void }): ReactElement {
  const { label, icon: Glyph, danger } = item;
  const className = cx(
    'flex min-h-11 w-full items-center gap-3 rounded-field px-3 text-left font-medium hover:bg-sunken focus:bg-sunken',
    danger && 'text-danger-ink',
  );
  const inside = (
    <>
      {Glyph && <Glyph size={18} />}
      {label}
    </>
  );
  if ('href' in item) {
    return (
      <a role="menuitem" tabIndex={-1} href={item.href} onClick={close} className={className}>
        {inside}
      </a>
    );
  }
  const select = (): void => {
    close();
    item.onSelect();
  };
  return (
    <button type="button" role="menuitem" tabIndex={-1} onClick={select} className={className}>
      {inside}
    </button>
  );
}

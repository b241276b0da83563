import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { IconButton } from './button.js';
import { cx } from './cx.js';
import { IconX } from './icons.js';
import { useUi } from './provider.js';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons at the bottom. */
  actions?: ReactNode;
  size?: 's' | 'm' | 'l' | undefined;
}

/** Shows and hides a native modal: the browser traps the focus, makes the rest inert and gives the focus back. */
function useModal(open: boolean, onClose: () => void): React.RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  const closing = useRef(onClose);
  closing.current = onClose;
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
    const cancel = (event: Event): void => {
      event.preventDefault();
      closing.current();
    };
    // A press that starts and ends on the backdrop closes; selecting text that ends outside does not.
    let downOutside = false;
    const down = (event: Event): void => {
      downOutside = event.target === dialog;
    };
    const up = (event: Event): void => {
      if (downOutside && event.target === dialog) closing.current();
    };
    dialog.addEventListener('cancel', cancel);
    dialog.addEventListener('mousedown', down);
    dialog.addEventListener('mouseup', up);
    return () => {
      dialog.removeEventListener('cancel', cancel);
      dialog.removeEventListener('mousedown', down);
      dialog.removeEventListener('mouseup', up);
    };
  }, [open]);
  return ref;
}

const widths = { s: 'sm:max-w-md', m: 'sm:max-w-xl', l: 'sm:max-w-3xl' };

/** A window over the page; Escape, the cross and a press beside it close it. On a phone it rises from the bottom. */
export function Dialog({ open, onClose, title, children, actions, size = 's' }: DialogProps): ReactElement {
  const ref = useModal(open, onClose);
  const id = useId();
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      className={cx(
        'm-0 mt-auto max-h-[92dvh] w-full max-w-full rounded-t-card bg-raised shade-2 open:animate-[slide-up_0.25s_ease-out] sm:m-auto sm:rounded-card sm:open:animate-[rise_0.2s_ease-out]',
        widths[size],
      )}
    >
      {open && <Panel {...{ id, title, onClose, actions }}>{children}</Panel>}
    </dialog>
  );
}

/** A panel at the right edge: filters, the menu on a phone. Same manners as a dialog. */
export function Sheet({ open, onClose, title, children, actions }: Omit<DialogProps, 'size'>): ReactElement {
  const ref = useModal(open, onClose);
  const id = useId();
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      className="m-0 ml-auto h-dvh max-h-dvh w-[min(24rem,92vw)] max-w-full bg-raised shade-2 open:animate-[slide-in_0.25s_ease-out]"
    >
      {open && (
        <Panel {...{ id, title, onClose, actions }} tall>
          {children}
        </Panel>
      )}
    </dialog>
  );
}

function Panel({
  id,
  title,
  onClose,
  actions,
  tall,
  children,
}: {
  id: string;
  title: ReactNode;
  onClose: () => void;
  actions: ReactNode;
  tall?: boolean;
  children: ReactNode;
}): ReactElement {
  const { words } = useUi();
  return (
    <div className={cx('flex flex-col', tall ? 'h-full' : 'max-h-[92dvh]')}>
      <div className="flex items-center justify-between gap-4 py-3 pr-3 pl-5 sm:pl-6">
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        <IconButton label={words.close} icon={IconX} onClick={onClose} />
      </div>
      <div className="grow overflow-y-auto px-5 pb-5 sm:px-6">{children}</div>
      {actions && (
        <div className="flex flex-col gap-2 border-t border-line p-4 sm:flex-row-reverse sm:px-6">{actions}</div>
      )}
    </div>
  );
}

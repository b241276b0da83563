import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { cx } from './cx.js';
import { IconCircleAlert, IconCircleCheck, IconX } from './icons.js';
import { useUi } from './provider.js';

interface Toast {
  id: number;
  text: ReactNode;
  tone: 'ok' | 'danger';
  action?: { label: string; href: string } | undefined;
}

export interface Toaster {
  /** Something went well. */
  ok: (text: ReactNode, action?: Toast['action']) => void;
  /** Something did not. Stays until it is put away. */
  problem: (text: ReactNode) => void;
}

const ToastContext = createContext<Toaster | null>(null);
const SHOWN_MS = 6000;

/** Holds the short messages at the bottom of the screen and says them to screen readers. */
export function ToastProvider({ children }: { children: ReactNode }): ReactElement {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const drop = useCallback((id: number) => setToasts((list) => list.filter((toast) => toast.id !== id)), []);
  const toaster = useMemo<Toaster>(() => {
    const show = (toast: Omit<Toast, 'id'>): number => {
      const id = next.current++;
      setToasts((list) => [...list.slice(-2), { ...toast, id }]);
      return id;
    };
    return {
      ok: (text, action) => {
        const id = show({ text, tone: 'ok', action });
        setTimeout(() => drop(id), SHOWN_MS);
      },
      problem: (text) => {
        show({ text, tone: 'danger' });
      },
    };
  }, [drop]);
  return (
    <ToastContext.Provider value={toaster}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-20 z-50 flex flex-col items-center gap-2 px-4 md:bottom-6"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} drop={() => drop(toast.id)} />
        ))}
      </div>
    </ToastContext.Provider>
  );
}

function ToastCard({ toast, drop }: { toast: Toast; drop: () => void }): ReactElement {
  const { words } = useUi();
  const Glyph = toast.tone === 'ok' ? IconCircleCheck : IconCircleAlert;
  return (
    <div className="shade-2 pointer-events-auto flex max-w-md animate-[rise_0.2s_ease-out] items-center gap-3 rounded-box bg-ink py-2 pr-2 pl-4 text-canvas">
      <Glyph size={20} className={cx(toast.tone === 'danger' && 'text-accent')} />
      <p className="py-1 text-sm font-medium">{toast.text}</p>
      {toast.action && (
        <a
          href={toast.action.href}
          onClick={drop}
          className="rounded-full px-3 py-1.5 text-sm font-bold whitespace-nowrap underline underline-offset-4"
        >
          {toast.action.label}
        </a>
      )}
      <button
        type="button"
        aria-label={words.close}
        onClick={drop}
        className="inline-flex size-9 shrink-0 items-center justify-center rounded-full opacity-80 hover:opacity-100"
      >
        <IconX size={16} />
      </button>
    </div>
  );
}

/** Shows short messages; needs a `ToastProvider` above. */
export function useToast(): Toaster {
  const toaster = useContext(ToastContext);
  if (!toaster) throw new Error('useToast needs a ToastProvider above it');
  return toaster;
}

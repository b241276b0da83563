import { Button, Dialog } from '@um/ui';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { href } from '../shell/sections.js';
import { useT } from '../state/language.js';
import { guardLeaving } from '../state/leaving.js';
import { go } from '../state/router.js';

/** Keeps the reader from losing what is not saved: asks before another page, and lets the browser ask before it closes. */
export function LeaveGuard({
  dirty,
  over,
  save,
}: {
  dirty: boolean;
  /** The work is done: the reader is taken back to the list. */
  over: boolean;
  save: () => Promise<unknown>;
}): ReactElement | null {
  const t = useT();
  const [wanted, setWanted] = useState<string | null>(null);
  const free = useRef(false);
  useEffect(() => {
    if (!dirty) return undefined;
    const before = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', before);
    const release = guardLeaving((address) => {
      if (free.current) return true;
      setWanted(address);
      return false;
    });
    return () => {
      removeEventListener('beforeunload', before);
      release();
    };
  }, [dirty]);
  useEffect(() => {
    if (over) go(href('/products'));
  }, [over]);
  if (wanted === null) return null;
  const leave = (): void => {
    free.current = true;
    go(wanted);
  };
  return (
    <Dialog
      open
      title={t.editor.leave.title}
      onClose={() => setWanted(null)}
      actions={
        <>
          <Button className="grow" onClick={() => void save().then((kept) => kept !== null && leave())}>
            {t.editor.leave.save}
          </Button>
          <Button kind="danger" className="grow" onClick={leave}>
            {t.editor.leave.leave}
          </Button>
          <Button kind="secondary" className="grow" onClick={() => setWanted(null)}>
            {t.editor.leave.stay}
          </Button>
        </>
      }
    >
      <p>{t.editor.leave.text}</p>
    </Dialog>
  );
}

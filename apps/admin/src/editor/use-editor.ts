import { useQueryClient } from '@tanstack/react-query';
import type { DraftSummary, Published } from '@um/product';
import { useToast } from '@um/ui';
import { useCallback, useState } from 'react';
import { send } from '../api/api.js';
import { href } from '../shell/sections.js';
import { useFailureToast } from '../state/failures.js';
import { useT } from '../state/language.js';
import { readdress } from '../state/router.js';
import { lineOf, type Change, type Form } from './form.js';
import { noProblems, problemsOf, type Problems } from './problems.js';

/** What the editor is opened with. */
export interface Opened {
  readonly storeId: string;
  readonly productId: string | null;
  readonly basis: string | null;
  readonly draftId: string | null;
  readonly form: Form;
}

const told = (form: Form): string => JSON.stringify(lineOf(form));

/** Shows whether something is on its way, and says what became of it. */
function useWork() {
  const failed = useFailureToast();
  const [busy, setBusy] = useState<'saving' | 'publishing' | null>(null);
  /** What the work answers; null when it failed, which `refused` may take upon itself. */
  const run = async <T>(
    name: 'saving' | 'publishing',
    work: () => Promise<T>,
    refused?: (error: unknown) => boolean,
  ): Promise<T | null> => {
    setBusy(name);
    try {
      return await work();
    } catch (error) {
      if (!refused?.(error)) failed(error);
      return null;
    } finally {
      setBusy(null);
    }
  };
  return { busy, run };
}

/** A product while it is written: what was typed, what is saved of it, what is wrong with it. */
export function useEditor({ storeId, productId, basis, ...opened }: Opened) {
  const t = useT();
  const toast = useToast();
  const client = useQueryClient();
  const { busy, run } = useWork();
  const [form, setForm] = useState(opened.form);
  const [saved, setSaved] = useState(() => told(opened.form));
  const [draftId, setDraftId] = useState(opened.draftId);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [over, setOver] = useState(false);
  const change = useCallback<Change>(
    (next) => setForm((before) => ({ ...before, ...(typeof next === 'function' ? next(before) : next) })),
    [],
  );
  /** Keeps what is there as a draft; null when it could not be kept. */
  const save = (): Promise<DraftSummary | null> =>
    run('saving', async () => {
      const id = draftId ?? crypto.randomUUID();
      const draft = await send<DraftSummary>('PUT', `/seller/drafts/${id}`, { storeId, productId, line: lineOf(form) });
      setDraftId(id);
      setSaved(told(form));
      // The address of a new product's draft opens it again; nothing is drawn anew for it.
      if (productId === null) readdress(href(`/products/drafts/${id}`));
      void client.invalidateQueries({ queryKey: ['drafts'] });
      toast.ok(t.editor.draftSaved);
      return draft;
    });
  const refused = (error: unknown): boolean => {
    const refusals = problemsOf(error);
    if (refusals) setProblems(refusals);
    return refusals !== null;
  };
  /** Writes the product; then the work is over. */
  const publish = async (): Promise<void> => {
    setProblems(noProblems);
    const body = { storeId, productId, basis, draftId, line: lineOf(form) };
    const published = await run('publishing', () => send<Published>('PUT', '/seller/products', body), refused);
    if (published === null) return;
    for (const queryKey of [['products'], ['drafts']]) void client.invalidateQueries({ queryKey });
    const { state, outcome } = published;
    const news = state === 'published' ? t.editor.published : t.editor.inReview;
    toast.ok(outcome === 'unchanged' ? t.editor.unchanged : news);
    setOver(true);
  };
  return { form, change, problems, busy, draftId, save, publish, over, dirty: !over && told(form) !== saved };
}

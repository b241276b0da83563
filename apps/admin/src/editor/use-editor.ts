import { useQueryClient } from '@tanstack/react-query';
import type { DraftSummary, Published } from '@um/product';
import { useToast } from '@um/ui';
import { useCallback, useState } from 'react';
import { send } from '../api/api.js';
import { href } from '../shell/sections.js';
import { useFailureToast } from '../state/failures.js';
import { useT } from '../state/language.js';
import { readdress } from '../state/router.js';
import { lineOf, type Form, type FormPicture } from './form.js';
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

/** A product while it is written: what was typed, what is saved of it, what is wrong with it. */
export function useEditor(opened: Opened) {
  const t = useT();
  const toast = useToast();
  const client = useQueryClient();
  const failed = useFailureToast();
  const [form, setForm] = useState(opened.form);
  const [saved, setSaved] = useState(() => told(opened.form));
  const [draftId, setDraftId] = useState(opened.draftId);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [busy, setBusy] = useState<'saving' | 'publishing' | null>(null);
  const { storeId, productId, basis } = opened;

  const change = useCallback((next: Partial<Form>): void => setForm((before) => ({ ...before, ...next })), []);
  const addPicture = useCallback(
    (picture: FormPicture): void => setForm((before) => ({ ...before, pictures: [...before.pictures, picture] })),
    [],
  );
  /** Keeps what is there as a draft; true when it is kept. */
  const save = async (): Promise<boolean> => {
    setBusy('saving');
    try {
      const id = draftId ?? crypto.randomUUID();
      await send<DraftSummary>('PUT', `/seller/drafts/${id}`, { storeId, productId, line: lineOf(form) });
      setDraftId(id);
      setSaved(told(form));
      // The address of a new product's draft opens it again; nothing is drawn anew for it.
      if (productId === null) readdress(href(`/products/drafts/${id}`));
      void client.invalidateQueries({ queryKey: ['drafts'] });
      toast.ok(t.editor.draftSaved);
      return true;
    } catch (error) {
      failed(error);
      return false;
    } finally {
      setBusy(null);
    }
  };
  /** Writes the product; answers it, or null when it was refused. */
  const publish = async (): Promise<Published | null> => {
    setBusy('publishing');
    setProblems(noProblems);
    try {
      const body = { storeId, productId, basis, draftId, line: lineOf(form) };
      const published = await send<Published>('PUT', '/seller/products', body);
      setSaved(told(form));
      await client.invalidateQueries({ queryKey: ['products'] });
      void client.invalidateQueries({ queryKey: ['drafts'] });
      const { state, outcome } = published;
      if (outcome === 'unchanged') toast.ok(t.editor.unchanged);
      else toast.ok(state === 'published' ? t.editor.published : t.editor.inReview);
      return published;
    } catch (error) {
      const refusals = problemsOf(error);
      if (refusals) setProblems(refusals);
      else failed(error);
      return null;
    } finally {
      setBusy(null);
    }
  };
  return { form, change, addPicture, problems, busy, draftId, save, publish, dirty: told(form) !== saved };
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Draft, EditedProduct } from '@um/product';
import { Badge, Button, EmptyState, IconEye, IconInfo, IconStore, LinkButton, Note, Select, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { get, send } from '../api/api.js';
import { AttributesPart } from '../editor/attributes-part.js';
import { emptyForm, formOf } from '../editor/form.js';
import { LeaveGuard } from '../editor/leave-dialog.js';
import { OptionsPart } from '../editor/options-part.js';
import { PicturesPart } from '../editor/pictures-part.js';
import { Preview } from '../editor/preview.js';
import { IdentityPart, SafetyPart } from '../editor/safety-part.js';
import { MainPart, TextsPart } from '../editor/texts-part.js';
import { useEditor, type Opened } from '../editor/use-editor.js';
import { Wrong } from '../editor/wrong.js';
import { Failed, Rows } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { productTones } from '../parts/products.js';
import { textIn } from '../parts/text.js';
import { href } from '../shell/sections.js';
import { useFailureToast } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';
import { go } from '../state/router.js';
import { useStores } from '../state/stores.js';

const DRAFTS = 'drafts/';

/** Where a product is written: `new`, a product's id, or `drafts/` and a draft's id. */
export function ProductEditor({ id }: { id: string }): ReactElement {
  if (id === 'new') return <NewProduct />;
  return id.startsWith(DRAFTS) ? <OpenDraft id={id.slice(DRAFTS.length)} /> : <OpenProduct id={id} />;
}

function NewProduct(): ReactElement {
  const { t, locale } = useLanguage();
  const { stores, storeId } = useStores();
  const [chosen, choose] = useState<string | null>(null);
  const store = storeId ?? chosen ?? (stores.length === 1 ? stores[0]!.id : null);
  if (store !== null)
    return <Editor opened={{ storeId: store, productId: null, basis: null, draftId: null, form: emptyForm }} />;
  return (
    <PanelPage title={t.editor.newTitle}>
      <div className="max-w-md">
        <Select label={t.editor.chooseStore} value="" onChange={(event) => choose(event.currentTarget.value || null)}>
          <option value="">—</option>
          {stores.map(({ id, name }) => (
            <option key={id} value={id}>
              {textIn(name, locale)}
            </option>
          ))}
        </Select>
      </div>
    </PanelPage>
  );
}

function OpenDraft({ id }: { id: string }): ReactElement {
  const draft = useQuery({
    queryKey: ['draft', id],
    queryFn: () => get<Draft>(`/seller/drafts/${id}`),
    staleTime: 0,
    gcTime: 0,
  });
  if (draft.isError) return <Failed error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!draft.data) return <Rows />;
  const { storeId, productId, basis, line, files } = draft.data;
  return <Editor opened={{ storeId, productId, basis, draftId: id, form: formOf(line, files) }} />;
}

function OpenProduct({ id }: { id: string }): ReactElement {
  const t = useT();
  const product = useQuery({
    queryKey: ['edited', id],
    queryFn: () => get<EditedProduct>(`/seller/products/${id}`),
    staleTime: 0,
    gcTime: 0,
  });
  if (product.isError) return <Failed error={product.error} onRetry={() => void product.refetch()} />;
  if (!product.data) return <Rows />;
  const { storeId, basis, masterId, draftId, line, files } = product.data;
  if (draftId !== null) return <OpenDraft id={draftId} />;
  if (masterId !== null)
    return (
      <EmptyState
        level={1}
        icon={IconStore}
        title={t.editor.offerNote}
        action={<LinkButton href={href(`/sales/${id}`)}>{t.products.price}</LinkButton>}
      />
    );
  return (
    <Editor
      opened={{ storeId, productId: id, basis, draftId: null, form: formOf(line, files) }}
      product={product.data}
    />
  );
}

function Editor({ opened, product }: { opened: Opened; product?: EditedProduct }): ReactElement {
  const { t, locale } = useLanguage();
  const editor = useEditor(opened);
  const [previewing, setPreviewing] = useState(false);
  const { form, problems, change, dirty } = editor;
  const isNew = opened.productId === null;
  const name = textIn(form.title, locale);
  const parts = { form, problems, change };
  return (
    <PanelPage
      title={name.trim() ? t.editor.edit(name) : t.editor.newTitle}
      aside={
        product && (
          <span className="flex flex-wrap items-center gap-2">
            <Badge size="m" tone={productTones[product.state]}>
              {t.products.states[product.state]}
            </Badge>
            {product.state === 'published' && (
              <LinkButton kind="secondary" size="s" href={`${locale === 'uz' ? '' : `/${locale}`}/p/${product.slug}`}>
                {t.editor.shop}
              </LinkButton>
            )}
          </span>
        )
      }
    >
      <div className="flex flex-col gap-5 pb-28">
        {editor.draftId !== null && <DraftNote id={editor.draftId} isNew={isNew} />}
        <Wrong problems={problems} />
        <MainPart {...parts} isNew={isNew} />
        <TextsPart {...parts} />
        <PicturesPart {...parts} />
        <AttributesPart {...parts} />
        <OptionsPart {...parts} />
        <SafetyPart {...parts} />
        <IdentityPart {...parts} />
      </div>
      <Actions editor={editor} isNew={isNew} onPreview={() => setPreviewing(true)} />
      {previewing && <Preview form={form} onClose={() => setPreviewing(false)} />}
      <LeaveGuard dirty={dirty} over={editor.over} save={editor.save} />
    </PanelPage>
  );
}

function DraftNote({ id, isNew }: { id: string; isNew: boolean }): ReactElement {
  const t = useT();
  const toast = useToast();
  const client = useQueryClient();
  const failed = useFailureToast();
  const drop = async (): Promise<void> => {
    try {
      await send('DELETE', `/seller/drafts/${id}`);
      void client.invalidateQueries({ queryKey: ['drafts'] });
      toast.ok(t.editor.dropped);
      go(href('/products'));
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Note tone="brand" icon={<IconInfo size={20} />}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose">{isNew ? t.editor.draftsText : t.editor.draftNote}</p>
        <Button kind="secondary" size="s" onClick={() => void drop()}>
          {t.editor.dropDraft}
        </Button>
      </div>
    </Note>
  );
}

/** What one can do with what was typed, always in reach. */
function Actions({
  editor,
  isNew,
  onPreview,
}: {
  editor: ReturnType<typeof useEditor>;
  isNew: boolean;
  onPreview: () => void;
}): ReactElement {
  const t = useT();
  const { busy, dirty } = editor;
  return (
    <div className="shade-2 sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-3 sm:-mx-6 sm:px-6 lg:mx-0 lg:rounded-t-card lg:border-x">
      <p role="status" className="mr-auto text-sm text-ink-soft max-sm:w-full">
        {dirty ? t.editor.unsaved : t.editor.allSaved}
      </p>
      <Button kind="quiet" icon={IconEye} onClick={onPreview}>
        {t.editor.preview}
      </Button>
      <Button kind="secondary" busy={busy === 'saving'} disabled={!dirty} onClick={() => void editor.save()}>
        {t.editor.saveDraft}
      </Button>
      <Button busy={busy === 'publishing'} onClick={() => void editor.publish()}>
        {isNew ? t.editor.publish : t.editor.publishChanges}
      </Button>
    </div>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import type { ChangeView, ProductView } from '@um/product';
import { Button, IconPencil, Input, Note, Textarea, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { locales, type Locale } from '../i18n/index.js';
import { ChangeCard } from '../parts/change-card.js';
import { FormDialog } from '../parts/form-dialog.js';
import { Listing, usePages } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { ProductLink } from '../parts/product-link.js';
import { useFailureToast } from '../state/failures.js';
import { useT } from '../state/language.js';
import { useStores } from '../state/stores.js';

type Words = Readonly<Record<Locale, string>>;
const NO_WORDS: Words = { uz: '', ru: '', en: '' };
const isEmpty = (words: Words): boolean => locales.every((locale) => words[locale].trim() === '');
const isWhole = (words: Words): boolean => locales.every((locale) => words[locale].trim() !== '');

/** What a seller's stores asked to change in products that others sell, too. */
export function Changes(): ReactElement {
  const t = useT();
  const words = t.market.changes;
  const { storeId } = useStores();
  const [asking, setAsking] = useState(false);
  const pages = usePages<ChangeView>('changes', '/seller/change-requests', { storeId });
  const withdraw = useWithdraw();
  return (
    <PanelPage
      title={words.title}
      lead={words.lead}
      aside={
        <Button size="s" icon={IconPencil} onClick={() => setAsking(true)}>
          {words.ask}
        </Button>
      }
    >
      <Listing pages={pages} empty={{ icon: IconPencil, title: words.empty }}>
        {(changes) => (
          <ul className="flex flex-col gap-4">
            {changes.map((change) => (
              <li key={change.id}>
                <ChangeCard change={change}>
                  {change.state === 'waiting' && (
                    <Button kind="secondary" size="s" onClick={() => void withdraw(change)}>
                      {words.withdraw}
                    </Button>
                  )}
                </ChangeCard>
              </li>
            ))}
          </ul>
        )}
      </Listing>
      {asking && <AskDialog onClose={() => setAsking(false)} />}
    </PanelPage>
  );
}

function useWithdraw(): (change: ChangeView) => Promise<void> {
  const t = useT();
  const toast = useToast();
  const client = useQueryClient();
  const fail = useFailureToast();
  return async (change) => {
    try {
      await send('POST', `/seller/change-requests/${change.id}/withdraw`, {});
      toast.ok(t.market.changes.withdrawn);
    } catch (error) {
      fail(error);
    }
    await client.invalidateQueries({ queryKey: ['changes'] });
  };
}

function AskDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useT();
  const words = t.market.changes;
  const { stores, storeId } = useStores();
  const store = storeId ?? (stores.length === 1 ? stores[0]!.id : null);
  const toast = useToast();
  const client = useQueryClient();
  const [product, setProduct] = useState<ProductView | null>(null);
  const [title, setTitle] = useState(NO_WORDS);
  const [description, setDescription] = useState(NO_WORDS);
  const [note, setNote] = useState('');
  const parts = [title, description].filter((part) => !isEmpty(part));
  const good = parts.length > 0 && parts.every(isWhole);
  const [tried, setTried] = useState(false);
  const submit = async (): Promise<boolean> => {
    setTried(true);
    if (!good || !product || !store) return false;
    await send('POST', '/seller/change-requests', {
      storeId: store,
      productId: product.id,
      changes: { ...(isEmpty(title) ? {} : { title }), ...(isEmpty(description) ? {} : { description }) },
      ...(note.trim() ? { note: note.trim() } : {}),
    });
    toast.ok(words.asked);
    await client.invalidateQueries({ queryKey: ['changes'] });
    return true;
  };
  return (
    <FormDialog
      title={words.ask}
      action={words.ask}
      ready={product !== null && store !== null}
      submit={submit}
      onClose={onClose}
    >
      {store === null && <Note tone="accent">{t.market.offer.chooseStore}</Note>}
      <ProductLink label={words.productId} found={setProduct} />
      {product && (
        <>
          <p className="font-semibold">{product.title}</p>
          {tried && !good && <Note tone="danger">{words.allThree}</Note>}
          {locales.map((locale) => (
            <Input
              key={locale}
              label={words.newTitle(words.languages[locale])}
              maxLength={300}
              value={title[locale]}
              onChange={(event) => setTitle({ ...title, [locale]: event.currentTarget.value })}
            />
          ))}
          {locales.map((locale) => (
            <Textarea
              key={locale}
              label={words.newDescription(words.languages[locale])}
              maxLength={10_000}
              value={description[locale]}
              onChange={(event) => setDescription({ ...description, [locale]: event.currentTarget.value })}
            />
          ))}
          <Textarea
            label={words.note}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

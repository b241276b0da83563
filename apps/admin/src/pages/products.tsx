import type { SellerProduct } from '@um/product';
import {
  Badge,
  Button,
  formatMoney,
  IconPlus,
  IconStore,
  IconTag,
  IconUpload,
  Input,
  LinkButton,
  Picture,
  Select,
  Table,
  type Column,
  dateTime,
} from '@um/ui';
import { useDeferredValue, useState, type ReactElement } from 'react';
import { Drafts } from '../parts/drafts.js';
import { Listing, usePages } from '../parts/listing.js';
import { OfferDialog } from '../parts/offer-dialog.js';
import { Filters, PanelPage } from '../parts/page.js';
import { productStates, productTones } from '../parts/products.js';
import { textIn } from '../parts/text.js';
import { href } from '../shell/sections.js';
import { useLanguage, type Language } from '../state/language.js';
import { useStores } from '../state/stores.js';

/** A seller's own products. */
export function Products(): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { storeId } = useStores();
  const [q, setQ] = useState('');
  const [state, setState] = useState('');
  const [offering, setOffering] = useState(false);
  const pages = usePages<SellerProduct>('products', '/seller/products', {
    storeId,
    state,
    q: useDeferredValue(q.trim()),
  });
  return (
    <PanelPage
      title={t.products.title}
      aside={
        <span className="flex flex-wrap gap-2">
          <LinkButton href={href('/products/new')} size="s" icon={IconPlus}>
            {t.editor.create}
          </LinkButton>
          <Button kind="secondary" size="s" icon={IconStore} onClick={() => setOffering(true)}>
            {t.market.offer.open}
          </Button>
          <LinkButton href={href('/imports')} kind="secondary" size="s" icon={IconUpload}>
            {t.products.toImport}
          </LinkButton>
        </span>
      }
    >
      <Drafts storeId={storeId} />
      <Filters>
        <Input
          type="search"
          label={t.products.search}
          value={q}
          maxLength={100}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <Select label={t.state} value={state} onChange={(event) => setState(event.currentTarget.value)}>
          <option value="">{t.all}</option>
          {productStates.map((name) => (
            <option key={name} value={name}>
              {t.products.states[name]}
            </option>
          ))}
        </Select>
      </Filters>
      <Listing pages={pages} empty={{ icon: IconTag, title: t.products.empty, text: t.products.emptyText }}>
        {(products) => (
          <Table
            caption={t.products.title}
            rows={products}
            keyOf={(product) => product.id}
            columns={columns(language)}
          />
        )}
      </Listing>
      {offering && <OfferDialog onClose={() => setOffering(false)} />}
    </PanelPage>
  );
}

function columns({ t, locale }: Language): Column<SellerProduct>[] {
  return [
    {
      id: 'product',
      title: t.products.product,
      cell: (product) => <Title product={product} language={{ t, locale }} />,
    },
    {
      id: 'state',
      title: t.state,
      cell: (product) => (
        <>
          <Badge tone={productTones[product.state]}>{t.products.states[product.state]}</Badge>
          {product.reason && <span className="mt-1 block max-w-52 text-xs text-ink-soft">{product.reason}</span>}
        </>
      ),
    },
    {
      id: 'price',
      title: t.products.price,
      number: true,
      cell: (product) => (
        <a href={href(`/sales/${product.id}`)} className="font-semibold whitespace-nowrap hover:underline">
          {formatMoney(product.price, locale)}
        </a>
      ),
    },
    { id: 'variants', title: t.products.variants, number: true, cell: (product) => product.variants },
    {
      id: 'changedAt',
      title: t.products.changedAt,
      cell: (product) => <span className="whitespace-nowrap">{dateTime(product.changedAt, locale)}</span>,
    },
  ];
}

function Title({
  product,
  language: { t, locale },
}: {
  product: SellerProduct;
  language: Pick<Language, 't' | 'locale'>;
}): ReactElement {
  const title = textIn(product.title, locale);
  return (
    <span className="flex min-w-60 items-center gap-3">
      <Picture id={product.pictureId} alt="" sizes="44px" className="size-11 shrink-0 rounded-field" />
      <span>
        <a href={href(`/products/${product.id}`)} className="block font-semibold hover:underline">
          {title}
        </a>
        <span className="block text-xs text-ink-soft">
          {[product.brand, product.externalId].filter(Boolean).join(' · ')}
        </span>
        {product.state === 'published' && (
          <a href={shopHref(locale, product.slug)} className="text-xs text-brand-ink hover:underline">
            {t.editor.shop}
          </a>
        )}
      </span>
    </span>
  );
}

/** The product's page in the shop, in the reader's language. */
const shopHref = (locale: Language['locale'], slug: string): string =>
  `${locale === 'uz' ? '' : `/${locale}`}/p/${slug}`;

import type { ProductView } from '@um/product';
import type { OfferViews, ProductPage } from '@um/search';
import { Badge, Breadcrumbs, Card, IconBanknote, IconDownload, IconStore, IconTruck, IconUndo2, Section } from '@um/ui';
import type { ReactElement } from 'react';
import { attributeName, featureValue } from '../parts/attributes.js';
import { BuyBox } from '../parts/buy-box.js';
import { Gallery } from '../parts/gallery.js';
import { Sellers } from '../parts/sellers.js';
import { Shelf } from '../parts/tile.js';
import type { Dictionary } from '../i18n/index.js';
import { localePath, type Locale } from '../i18n/locale.js';
import { definePage, Redirect, type Head, type LoadContext } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';

interface Data {
  product: ProductView;
  /** Where it was made, in words. Named while loading: the server and the browser may know countries by other names. */
  country: string | null;
  similar: ProductPage['items'];
  together: ProductPage['items'];
  /** Who sells it, when there are several. */
  offers: OfferViews['items'];
}

/** One product: pictures, what to know before buying, and the way to have it. */
export const page = definePage<Data>({ load: loadProduct, head: productHead, View: Product });

const LISTING = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function loadProduct({ api, params, query, locale }: LoadContext): Promise<Data> {
  const address = params['slug'] ?? '';
  const asked = query.get('offer') ?? '';
  const found = await readListing(api, address, LISTING.test(asked) ? asked : null);
  // The address of an offer leads to the product it is of.
  if (found.slug !== address)
    throw new Redirect(`/p/${found.slug}${found.listingId === found.id ? '' : `?offer=${found.listingId}`}`, !asked);
  // Without its neighbours and other sellers a product can still be bought.
  const neighbours = (path: string): Promise<Pick<ProductPage, 'items'>> =>
    api.get<Pick<ProductPage, 'items'>>(`/products/${found.id}/${path}`).catch(() => ({ items: [] }));
  const [related, bought, { items: offers }] = await Promise.all([
    neighbours('related'),
    neighbours('bought-together'),
    found.sellers > 1
      ? api.get<OfferViews>(`/products/${found.id}/offers`).catch((): OfferViews => ({ items: [] }))
      : { items: [] },
  ]);
  const [first] = offers;
  const product =
    asked || !first || first.listingId === found.listingId
      ? found
      : await readListing(api, address, first.listingId).catch(() => found);
  const country = product.country ? countryName(product.country, locale) : null;
  return { product, country, similar: related.items, together: bought.items, offers };
}

/** A product with a seller's listing of it, or with the one the shop shows first. */
const readListing = (api: LoadContext['api'], address: string, listing: string | null): Promise<ProductView> =>
  api.get<ProductView>(`/products/${encodeURIComponent(address)}`, { offer: listing });

/** A country's name by its two letters; the letters themselves when they are none. */
function countryName(code: string, locale: Locale): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code) : code;
}

function productHead({ product }: Data, t: Dictionary, { locale }: Pick<LoadContext, 'locale'>): Head {
  const image = product.pictures[0] ? `/api/v1/files/${product.pictures[0].id}/640.webp` : undefined;
  const prices = product.variants.map((variant) => variant.price.amount / 100);
  const crumbs = [
    ...product.categories.map(({ id, name }) => ({ name, path: `/c/${id}` })),
    { name: product.title, path: `/p/${product.slug}` },
  ];
  return {
    title: product.title,
    description: product.description.slice(0, 160) || t.home.description,
    image,
    jsonLd: [
      {
        '@context': 'https://schema.org',
        '@type': 'Product',
        name: product.title,
        description: product.description,
        sku: product.variants[0]?.sku,
        image: image ? [image] : [],
        ...(product.brand ? { brand: { '@type': 'Brand', name: product.brand } } : {}),
        offers: {
          '@type': 'AggregateOffer',
          priceCurrency: 'UZS',
          lowPrice: Math.min(...prices),
          highPrice: Math.max(...prices),
          offerCount: prices.length,
          seller: { '@type': 'Organization', name: product.store.name },
        },
      },
      {
        '@context': 'https://schema.org',
        '@type': 'BreadcrumbList',
        itemListElement: crumbs.map(({ name, path }, place) => ({
          '@type': 'ListItem',
          position: place + 1,
          name,
          item: localePath(locale, path),
        })),
      },
    ],
  };
}

function Product({ data: { product, country, similar, together, offers } }: { data: Data }): ReactElement {
  const { t, viewer } = useApp();
  const child = isChild(useStore(viewer));
  const href = useHref();
  const trail = [
    { label: t.shell.home, href: href('/') },
    ...product.categories.map(({ id, name }) => ({ label: name, href: href(`/c/${id}`) })),
    { label: product.title },
  ];
  return (
    <div className={child ? '' : 'page pt-4 sm:pt-6'}>
      {!child && <Breadcrumbs trail={trail} />}
      <div className="mt-3 grid gap-6 lg:grid-cols-[1.1fr_1fr] lg:gap-12">
        <div className="min-w-0">
          <Gallery pictures={product.pictures} title={product.title} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <div>
            {product.brand && product.brandSlug && (
              <a
                href={href(`/b/${product.brandSlug}`)}
                className="inline-flex min-h-9 items-center font-semibold text-brand-ink hover:underline"
              >
                {product.brand}
              </a>
            )}
            <h1 className="mt-1 text-2xl sm:text-3xl">{product.title}</h1>
          </div>
          <BuyBox key={product.listingId} product={product} child={child} />
          {!child && <Promises product={product} />}
        </div>
      </div>
      {!child && offers.length > 1 && <Sellers offers={offers} slug={product.slug} shown={product.listingId} />}
      <div className="mt-10 grid gap-6 lg:grid-cols-[1.1fr_1fr] lg:gap-12">
        {product.description && (
          <Section title={t.product.description}>
            <p className="max-w-prose whitespace-pre-line">{product.description}</p>
          </Section>
        )}
        <Details product={product} country={country} />
      </div>
      {together.length > 0 && (
        <Section title={t.product.together} className="mt-12">
          <Shelf products={together} />
        </Section>
      )}
      {similar.length > 0 && (
        <Section title={t.product.similar} className="mt-12">
          <Shelf products={similar} />
        </Section>
      )}
    </div>
  );
}

function Promises({ product }: { product: ProductView }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  const downloaded = product.variants.every((variant) => variant.digital);
  const lines = downloaded
    ? [
        { icon: IconDownload, text: t.downloads.kind },
        { icon: IconBanknote, text: t.downloads.online },
        { icon: IconUndo2, text: t.downloads.cancel },
      ]
    : [
        { icon: IconTruck, text: `${t.product.delivery} · ${t.product.deliveryDays(product.deliveryDays)}` },
        { icon: IconBanknote, text: t.product.payment },
        { icon: IconUndo2, text: t.product.returns },
      ];
  return (
    <Card>
      <a
        href={href(`/s/${product.store.slug}`)}
        className="flex items-center gap-3 rounded-box font-semibold hover:underline"
      >
        <span className="flex size-11 items-center justify-center rounded-full bg-brand-soft text-brand-ink">
          <IconStore />
        </span>
        <span>
          <span className="block text-sm font-normal text-ink-soft">{t.product.seller}</span>
          {product.store.name}
        </span>
        {product.condition !== 'new' && <Badge className="ml-auto">{t.product.conditions[product.condition]}</Badge>}
      </a>
      <ul className="mt-4 flex flex-col gap-2.5 border-t border-line pt-4 text-sm">
        {lines.map(({ icon: Glyph, text }) => (
          <li key={text} className="flex gap-3">
            <Glyph className="text-brand-ink" />
            {text}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Details({ product, country }: { product: ProductView; country: string | null }): ReactElement {
  const { t } = useApp();
  const rows: [string, string][] = [
    ...(product.brand ? [[t.product.brand, product.brand] as [string, string]] : []),
    ...product.features.map((feature): [string, string] => [
      feature.name === feature.code ? attributeName(feature.code, t) : feature.name,
      featureValue(feature, t),
    ]),
    ...(product.manufacturer ? [[t.product.manufacturer, product.manufacturer] as [string, string]] : []),
    ...(product.importer ? [[t.product.importer, product.importer] as [string, string]] : []),
    ...(country ? [[t.product.country, country] as [string, string]] : []),
    [
      t.product.sku,
      product.variants
        .map(({ sku }) => sku)
        .slice(0, 3)
        .join(', '),
    ],
  ];
  return (
    <Section title={t.product.details}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6">
        {rows.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid border-b border-line py-2.5 last:border-0">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="min-w-0 text-right font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

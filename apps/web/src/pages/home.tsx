import {
  Avatar,
  Badge,
  cx,
  IconArrowRight,
  IconBadgeCheck,
  IconHandCoins,
  IconShieldCheck,
  LinkButton,
  Price,
  Progress,
  Section,
  type Icon,
} from '@um/ui';
import type { ProductPage } from '@um/search';
import type { ReactElement } from 'react';
import { avatarUrl } from '../parts/drawn.js';
import { CategoryTiles } from '../parts/categories.js';
import { loadProducts } from '../parts/shelves.js';
import { Shelf, Tiles } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { useStore } from '../state/store.js';

interface Data {
  /** Something of everything: the most chosen of each department, in turn. */
  mixed: Products;
  shelves: readonly { category: string; products: Products }[];
}
type Products = ProductPage['items'];

/** Departments that the front shows something of, and how many products of each stand in the mixed grid. */
const DEPARTMENTS = 5;
const EACH = 2;
const SHELVES = 3;

/** The shop's front: what it stands for, departments, ages, a few shelves. */
export const page = definePage<Data>({
  load: async ({ api, menu }) => {
    const departments = menu.slice(0, DEPARTMENTS).map(({ id }) => id);
    const lists = await Promise.all(
      departments.map((category) => loadProducts(api, { category, sort: 'popular', inStock: 'true', limit: 12 })),
    );
    return {
      mixed: mixed(lists.map((list) => list.items.slice(0, EACH))),
      shelves: lists
        .slice(0, SHELVES)
        .map((list, place) => ({ category: departments[place]!, products: list.items.slice(EACH) })),
    };
  },
  head: (_data, t) => ({
    title: t.home.title,
    description: t.home.description,
    jsonLd: [{ '@context': 'https://schema.org', '@type': 'WebSite', name: t.brand, description: t.home.description }],
  }),
  View: Home,
});

/** The first of each list, then the second of each, and so on. */
export function mixed<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list.slice(place, place + 1))).flat();
}

function Home({ data }: { data: Data }): ReactElement {
  const { t, menu } = useApp();
  return (
    <>
      <Hero />
      <div className="page flex flex-col gap-12 pt-10 sm:gap-16">
        <Section title={t.home.categories}>
          <CategoryTiles />
        </Section>
        <Ages />
        {data.mixed.length > 0 && (
          <Section title={t.home.popular} action={<SeeAll to="/search?sort=popular" />}>
            <Tiles products={data.mixed} />
          </Section>
        )}
        <Trust />
        {data.shelves.map(({ category, products }) => (
          <Section
            key={category}
            title={menu.find(({ id }) => id === category)?.name ?? ''}
            action={<SeeAll to={`/c/${category}`} />}
          >
            <Shelf products={products} />
          </Section>
        ))}
      </div>
    </>
  );
}

function SeeAll({ to }: { to: string }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  return (
    <a
      href={href(to)}
      className="inline-flex items-center gap-1 rounded-full py-1 font-semibold text-brand-ink hover:underline"
    >
      {t.home.seeAll}
      <IconArrowRight size={18} />
    </a>
  );
}

function Hero(): ReactElement {
  const { t, viewer } = useApp();
  const href = useHref();
  const person = useStore(viewer);
  return (
    <div className="ikat bg-hero text-hero-ink [--ikat-size:140px] [--ikat-strength:0.07]">
      <div className="page grid items-center gap-10 py-10 sm:py-14 lg:grid-cols-[1.15fr_1fr] lg:py-20">
        <div>
          <h1 className="max-w-xl text-4xl leading-[1.08] font-extrabold sm:text-5xl lg:text-6xl">
            {t.home.heroTitle}
          </h1>
          <p className="mt-5 max-w-lg text-lg text-hero-soft">{t.home.heroText}</p>
          <div className="mt-7 flex flex-wrap gap-3">
            <LinkButton href={href(person ? '/family' : '/sign-up')} kind="accent" size="l">
              {t.home.heroFamily}
            </LinkButton>
            <LinkButton
              href={href('/catalog')}
              size="l"
              className="border-2 border-hero-soft bg-transparent text-hero-ink! hover:bg-white/10"
            >
              {t.home.heroBrowse}
            </LinkButton>
          </div>
        </div>
        <AskPicture />
      </div>
      <div aria-hidden="true" className="ikat-band" />
    </div>
  );
}

/** What the shop is about, in one picture: a child asks, a parent decides. Only a picture: nothing in it acts. */
function AskPicture(): ReactElement {
  const { t } = useApp();
  const button = 'flex min-h-11 items-center justify-center rounded-full px-4 font-semibold';
  return (
    <div
      aria-hidden="true"
      className="mx-auto w-full max-w-md rotate-1 rounded-card bg-surface p-5 text-ink shade-2 sm:p-6 lg:rotate-2"
    >
      <div className="flex items-center gap-3">
        <Avatar name="M" src={avatarUrl('fox')} size={52} />
        <div>
          <p className="font-bold">{t.home.askBy}</p>
          <p className="text-sm text-ink-soft">{t.home.askNote}</p>
        </div>
      </div>
      <div className="mt-4 flex items-center gap-4 rounded-box bg-sunken p-3">
        <img src="/drawn/brick.webp" alt="" width={64} height={64} className="size-16" />
        <div className="grow">
          <p className="leading-snug font-medium">{t.home.askItem}</p>
          <div className="mt-1 flex flex-wrap items-center gap-2">
            <Price money={{ amount: 14_990_000, currency: 'UZS' }} />
            <Badge tone="ok">{t.yearsFrom(4)}</Badge>
          </div>
        </div>
      </div>
      <div className="mt-4">
        <p className="mb-1.5 flex justify-between text-sm">
          <span className="text-ink-soft">{t.home.askLeft}</span>
          <Price money={{ amount: 20_010_000, currency: 'UZS' }} size="s" />
        </p>
        <Progress value={0.43} max={1} label="" />
      </div>
      <div className="mt-5 grid grid-cols-2 gap-3">
        <span className={cx(button, 'bg-brand text-on-brand')}>{t.home.askApprove}</span>
        <span className={cx(button, 'border border-line-strong')}>{t.home.askDeny}</span>
      </div>
    </div>
  );
}

const ages = { '0': 'baby-bottle', '3': 'teddy-bear', '6': 'puzzle-piece', '9': 'robot', '13': 'headphone' } as const;

function Ages(): ReactElement {
  const { t } = useApp();
  const href = useHref();
  return (
    <Section title={t.home.byAge}>
      <ul className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 sm:gap-4 lg:grid-cols-5">
        {(Object.keys(ages) as (keyof typeof ages)[]).map((age) => (
          <li key={age}>
            <a
              href={href(`/search?age=${age}`)}
              className="flex min-h-20 items-center gap-3 rounded-card bg-accent-soft px-4 font-bold text-accent-ink transition-transform hover:-translate-y-0.5"
            >
              <img src={`/drawn/${ages[age]}.webp`} alt="" width={44} height={44} loading="lazy" />
              {t.home.ages[age]}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const trustIcons: readonly Icon[] = [IconShieldCheck, IconHandCoins, IconBadgeCheck];

function Trust(): ReactElement {
  const { t } = useApp();
  const href = useHref();
  return (
    <section className="rounded-card bg-brand-soft px-5 py-8 sm:px-10 sm:py-10">
      <h2 className="text-xl text-brand-ink sm:text-2xl">{t.home.trustTitle}</h2>
      <ul className="mt-6 grid gap-6 md:grid-cols-3 md:gap-10">
        {t.home.trust.map(({ title, text }, place) => {
          const Glyph = trustIcons[place] ?? IconShieldCheck;
          return (
            <li key={title}>
              <span className="mb-3 flex size-12 items-center justify-center rounded-box bg-brand text-on-brand">
                <Glyph size={26} />
              </span>
              <h3 className="text-lg">{title}</h3>
              <p className="mt-1 text-ink-soft">{text}</p>
            </li>
          );
        })}
      </ul>
      <LinkButton href={href('/safety')} kind="secondary" className="mt-7">
        {t.shell.footSafety}
      </LinkButton>
    </section>
  );
}

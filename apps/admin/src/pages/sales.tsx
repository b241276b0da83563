import { useQueryClient } from '@tanstack/react-query';
import type { SaleView } from '@um/product';
import {
  Badge,
  Button,
  dateTime,
  formatMoney,
  IconTag,
  LinkButton,
  Picture,
  Price,
  Select,
  Table,
  useToast,
  type Column,
  type Tone,
} from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { Listing, usePages } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { textIn } from '../parts/text.js';
import { href } from '../shell/sections.js';
import { useFailureText } from '../state/failures.js';
import { useLanguage, type Language } from '../state/language.js';
import { useStores } from '../state/stores.js';

const tones: Readonly<Record<SaleView['state'], Tone>> = { planned: 'accent', running: 'ok', ended: 'plain' };
const states = Object.keys(tones) as SaleView['state'][];

/** Sales of a seller's stores: what runs, what is planned, what was. */
export function Sales(): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { storeId } = useStores();
  const [state, setState] = useState('');
  const [ending, setEnding] = useState<string | null>(null);
  const pages = usePages<SaleView>('sales', '/seller/sales', { storeId, state });
  const end = useEnd(setEnding);
  return (
    <PanelPage
      title={t.sales.title}
      lead={t.sales.lead}
      aside={
        <LinkButton href={href('/products')} kind="secondary" size="s" icon={IconTag}>
          {t.sales.toProducts}
        </LinkButton>
      }
    >
      <Filters>
        <Select label={t.state} value={state} onChange={(event) => setState(event.currentTarget.value)}>
          <option value="">{t.all}</option>
          {states.map((name) => (
            <option key={name} value={name}>
              {t.sales.states[name]}
            </option>
          ))}
        </Select>
      </Filters>
      <Listing pages={pages} empty={{ icon: IconTag, title: t.sales.empty, text: t.sales.emptyText }}>
        {(sales) => (
          <Table
            caption={t.sales.title}
            rows={sales}
            keyOf={(sale) => sale.id}
            columns={columns(language, (sale) => void end(sale), ending)}
          />
        )}
      </Listing>
    </PanelPage>
  );
}

/** Ends a sale and shows the list anew. */
function useEnd(mark: (id: string | null) => void): (sale: SaleView) => Promise<void> {
  const { t } = useLanguage();
  const say = useFailureText();
  const toast = useToast();
  const client = useQueryClient();
  return async (sale) => {
    mark(sale.id);
    try {
      await send('POST', `/seller/sales/${sale.id}/end`, {});
      toast.ok(t.sales.ended);
      await client.invalidateQueries({ queryKey: ['sales'] });
      await client.invalidateQueries({ queryKey: ['prices'] });
    } catch (error) {
      toast.problem(say(error));
    } finally {
      mark(null);
    }
  };
}

function columns({ t, locale }: Language, end: (sale: SaleView) => void, ending: string | null): Column<SaleView>[] {
  return [
    { id: 'product', title: t.sales.product, cell: (sale) => <Thing sale={sale} locale={locale} /> },
    {
      id: 'state',
      title: t.state,
      cell: (sale) => <Badge tone={tones[sale.state]}>{t.sales.states[sale.state]}</Badge>,
    },
    { id: 'basePrice', title: t.sales.basePrice, number: true, cell: (sale) => formatMoney(sale.basePrice, locale) },
    { id: 'seen', title: t.sales.seen, cell: (sale) => <Seen sale={sale} /> },
    { id: 'from', title: t.sales.from, cell: (sale) => <When at={sale.startsAt} locale={locale} /> },
    { id: 'until', title: t.sales.until, cell: (sale) => <When at={sale.endsAt} locale={locale} /> },
    {
      id: 'end',
      title: <span className="sr-only">{t.users.actions}</span>,
      number: true,
      cell: (sale) =>
        sale.state !== 'ended' && (
          <Button
            kind="secondary"
            size="s"
            busy={ending === sale.id}
            className="whitespace-nowrap"
            aria-label={`${sale.state === 'planned' ? t.sales.forget : t.sales.end}: ${textIn(sale.title, locale)}`}
            onClick={() => end(sale)}
          >
            {sale.state === 'planned' ? t.sales.forget : t.sales.end}
          </Button>
        ),
    },
  ];
}

const When = ({ at, locale }: { at: string; locale: Language['locale'] }): ReactElement => (
  <span className="whitespace-nowrap">{dateTime(at, locale)}</span>
);

function Thing({ sale, locale }: { sale: SaleView; locale: Language['locale'] }): ReactElement {
  return (
    <span className="flex min-w-56 items-center gap-3">
      <Picture id={sale.pictureId} alt="" sizes="44px" className="size-11 shrink-0 rounded-field" />
      <span>
        <a href={href(`/sales/${sale.productId}`)} className="block font-semibold hover:underline">
          {textIn(sale.title, locale)}
        </a>
        <span className="block text-xs text-ink-soft">
          {[textIn(sale.label, locale), sale.sku].filter(Boolean).join(' · ')}
        </span>
      </span>
    </span>
  );
}

/** What a shopper is told, or why no earlier price is. */
function Seen({ sale }: { sale: SaleView }): ReactElement {
  const { t, locale } = useLanguage();
  return (
    <span className="block min-w-44">
      <Price money={sale.price} was={sale.compareAt} size="s" />
      {sale.compareAt === null && sale.state !== 'ended' && (
        <span className="mt-0.5 block max-w-60 text-xs text-ink-soft">{t.sales.noOldPriceWhy}</span>
      )}
      {sale.lowest30 && (
        <span className="mt-0.5 block text-xs text-ink-soft">{t.sales.lowest(formatMoney(sale.lowest30, locale))}</span>
      )}
    </span>
  );
}

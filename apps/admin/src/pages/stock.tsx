import { useQueryClient } from '@tanstack/react-query';
import type { SellerStock } from '@um/inventory';
import {
  Badge,
  Button,
  IconWarehouse,
  Input,
  Picture,
  Switch,
  Table,
  Textarea,
  useToast,
  type Column,
  dateTime,
} from '@um/ui';
import { useState, type ReactElement } from 'react';
import { useForm } from 'react-hook-form';
import { send } from '../api/api.js';
import { FormDialog, whenValid } from '../parts/form-dialog.js';
import { Listing, usePages } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { textIn } from '../parts/text.js';
import { useLanguage, useT, type Language } from '../state/language.js';
import { useStores } from '../state/stores.js';

/** What lies on the seller's shelves, and how it is counted again. */
export function Stock(): ReactElement {
  const t = useT();
  const { storeId } = useStores();
  const [low, setLow] = useState(false);
  const [counted, setCounted] = useState<SellerStock | null>(null);
  const pages = usePages<SellerStock>('stock', '/seller/stock', { storeId, low: low || null });
  return (
    <PanelPage title={t.stock.title} aside={<Switch label={t.stock.lowOnly} checked={low} onChange={setLow} />}>
      <Listing pages={pages} empty={{ icon: IconWarehouse, title: t.stock.empty, text: t.stock.emptyText }}>
        {(rows) => <Shelf rows={rows} count={setCounted} />}
      </Listing>
      {counted && <CountDialog row={counted} onClose={() => setCounted(null)} />}
    </PanelPage>
  );
}

function Shelf({ rows, count }: { rows: readonly SellerStock[]; count: (row: SellerStock) => void }): ReactElement {
  const language = useLanguage();
  return (
    <Table
      caption={language.t.stock.title}
      rows={rows}
      keyOf={(row) => row.variantId}
      columns={columns(language, count)}
    />
  );
}

function CountDialog({ row, onClose }: { row: SellerStock; onClose: () => void }): ReactElement {
  const { t, locale } = useLanguage();
  const toast = useToast();
  const client = useQueryClient();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { onHand: String(row.onHand), reason: '' } });
  const { errors } = formState;
  const count = whenValid(handleSubmit, async ({ onHand, reason }) => {
    const note = reason.trim();
    await send('PATCH', `/seller/stock/${row.variantId}`, {
      onHand: Number(onHand),
      ...(note ? { reason: note } : {}),
    });
    toast.ok(t.saved);
    await client.invalidateQueries({ queryKey: ['stock'] });
    return true;
  });
  return (
    <FormDialog title={t.stock.editTitle} action={t.save} submit={count} onClose={onClose}>
      <p>
        <strong>{textIn(row.title, locale)}</strong>{' '}
        <span className="text-ink-soft">{textIn(row.variantLabel, locale)}</span>
      </p>
      <Input
        {...register('onHand', { validate: (typed) => /^\d{1,8}$/.test(typed.trim()) || t.stock.badNumber })}
        label={t.stock.onHand}
        hint={`${t.stock.editText} ${t.stock.reserved}: ${row.reserved}`}
        inputMode="numeric"
        autoFocus
        error={errors.onHand?.message}
      />
      <Textarea
        {...register('reason', { validate: (text) => !text.trim() || text.trim().length >= 3 || t.reasonShort })}
        label={t.stock.optionalReason}
        maxLength={300}
        error={errors.reason?.message}
      />
    </FormDialog>
  );
}

function columns({ t, locale }: Language, count: (row: SellerStock) => void): Column<SellerStock>[] {
  return [
    {
      id: 'product',
      title: t.stock.product,
      cell: (row) => (
        <span className="flex min-w-56 items-center gap-3">
          <Picture id={row.pictureId} alt="" sizes="44px" className="size-11 shrink-0 rounded-field" />
          <span>
            <span className="block font-semibold">{textIn(row.title, locale)}</span>
            <span className="block text-xs text-ink-soft">
              {[textIn(row.variantLabel, locale), row.sku].filter(Boolean).join(' · ')}
            </span>
          </span>
        </span>
      ),
    },
    { id: 'onHand', title: t.stock.onHand, number: true, cell: (row) => row.onHand },
    { id: 'reserved', title: t.stock.reserved, number: true, cell: (row) => row.reserved },
    {
      id: 'available',
      title: t.stock.available,
      number: true,
      cell: (row) => (
        <span className="inline-flex items-center gap-2 font-semibold">
          {row.low && <Badge tone="danger">{t.stock.low}</Badge>}
          {row.available}
        </span>
      ),
    },
    {
      id: 'changedAt',
      title: t.stock.changedAt,
      cell: (row) => <span className="whitespace-nowrap">{dateTime(row.changedAt, locale)}</span>,
    },
    {
      id: 'edit',
      title: <span className="sr-only">{t.users.actions}</span>,
      number: true,
      cell: (row) => (
        <Button
          kind="secondary"
          size="s"
          aria-label={`${t.stock.edit}: ${textIn(row.title, locale)}`}
          className="whitespace-nowrap"
          onClick={() => count(row)}
        >
          {t.stock.edit}
        </Button>
      ),
    },
  ];
}

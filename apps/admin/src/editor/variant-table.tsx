import { Button, Card, IconChevronLeft, IconChevronRight, IconButton, Input } from '@um/ui';
import { memo, useCallback, useState, type ReactElement } from 'react';
import { useT } from '../state/language.js';
import { FieldInput } from './fields.js';
import type { Form, FormVariant } from './form.js';
import type { PartProps } from './part.js';
import { idOf, noProblems, variantsWithProblems, type Problems } from './problems.js';
import { withSkus } from './variants.js';

/** So many variants are shown at once: a thousand rows of fields would be slow to type in. */
const AT_ONCE = 25;

/** Prices, stock and codes of each variant. */
export function VariantTable({ form, problems, change }: PartProps): ReactElement {
  const t = useT();
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(form.variants.length / AT_ONCE));
  const shown = Math.min(page, pages - 1);
  const wrong = variantsWithProblems(problems);
  // A refusal opens the page where its first field is.
  const [seen, setSeen] = useState(problems);
  if (seen !== problems) {
    setSeen(problems);
    if (wrong.size > 0) setPage(Math.floor(Math.min(...wrong) / AT_ONCE));
  }
  const put = useCallback(
    (place: number, part: Partial<FormVariant>): void =>
      change(({ variants }) => ({ variants: variants.map((one, n) => (n === place ? { ...one, ...part } : one)) })),
    [change],
  );
  const many = form.variants.length > 1;
  const names = form.options.map(({ name }) => name);
  return (
    <div id={idOf('variants')} tabIndex={-1} className="flex flex-col gap-4">
      {many && <Fill form={form} change={change} />}
      <ol className="flex flex-col gap-3">
        {form.variants.slice(shown * AT_ONCE, (shown + 1) * AT_ONCE).map((variant, n) => {
          const place = shown * AT_ONCE + n;
          return (
            <Row
              key={place}
              place={place}
              title={names
                .map((name) => variant.choice[name])
                .filter(Boolean)
                .join(' / ')}
              variant={variant}
              problems={wrong.has(place) ? problems : noProblems}
              put={put}
            />
          );
        })}
      </ol>
      {pages > 1 && (
        <div className="flex items-center justify-center gap-3">
          <IconButton
            icon={IconChevronLeft}
            label={t.editor.previousPage}
            disabled={shown === 0}
            className="disabled:opacity-40"
            onClick={() => setPage(shown - 1)}
          />
          <span role="status">{t.editor.page(shown + 1, pages)}</span>
          <IconButton
            icon={IconChevronRight}
            label={t.editor.nextPage}
            disabled={shown === pages - 1}
            className="disabled:opacity-40"
            onClick={() => setPage(shown + 1)}
          />
        </div>
      )}
    </div>
  );
}

/** What all variants are given at once. */
function Fill({ form, change }: Pick<PartProps, 'form' | 'change'>): ReactElement {
  const t = useT();
  const [price, setPrice] = useState('');
  const [stock, setStock] = useState('');
  const fill = (): void => {
    const part: Partial<Form['variants'][number]> = { ...(price ? { price } : {}), ...(stock ? { stock } : {}) };
    change({ variants: form.variants.map((variant) => ({ ...variant, ...part })) });
  };
  return (
    <Card className="bg-sunken">
      <p className="mb-3 font-semibold">{t.editor.variantCount(form.variants.length)}</p>
      <div className="flex flex-wrap items-end gap-3 *:w-full *:sm:w-auto">
        <Input
          label={t.editor.fillPrice}
          value={price}
          inputMode="decimal"
          maxLength={20}
          onChange={(event) => setPrice(event.currentTarget.value)}
        />
        <Input
          label={t.editor.fillStock}
          value={stock}
          inputMode="numeric"
          maxLength={10}
          onChange={(event) => setStock(event.currentTarget.value)}
        />
        <Button kind="secondary" disabled={price === '' && stock === ''} onClick={fill}>
          {t.editor.fillAll}
        </Button>
        <Button kind="secondary" onClick={() => change(withSkus(form))}>
          {t.editor.makeSkus}
        </Button>
      </div>
    </Card>
  );
}

const Row = memo(function Row({
  place,
  title,
  variant,
  problems,
  put,
}: {
  place: number;
  title: string;
  variant: FormVariant;
  problems: Problems;
  put: (place: number, part: Partial<FormVariant>) => void;
}): ReactElement {
  const t = useT();
  const name = title || t.editor.only;
  const field = (key: string, code: Exclude<keyof FormVariant, 'choice'>, more: object = {}): ReactElement => (
    <FieldInput
      field={`variants.${place}.${key}`}
      problems={problems}
      label={t.editor[code]}
      value={variant[code]}
      onChange={(value) => put(place, { [code]: value })}
      {...more}
    />
  );
  const wrongChoice = problems.get(`variants.${place}.options`);
  return (
    <li>
      <fieldset className="rounded-box border border-line p-3 sm:p-4">
        <legend className="px-1 font-semibold">{name}</legend>
        {wrongChoice && (
          <p id={idOf(`variants.${place}.options`)} tabIndex={-1} className="mb-2 text-sm font-medium text-danger-ink">
            {wrongChoice}
          </p>
        )}
        <div className="grid grid-cols-2 items-start gap-3 md:grid-cols-3 xl:grid-cols-[1fr_1fr_1.4fr_1.4fr_1fr_0.8fr]">
          {field('priceTiyin', 'price', { required: true, inputMode: 'decimal', maxLength: 20 })}
          {field('stock', 'stock', { inputMode: 'numeric', maxLength: 12 })}
          {field('sku', 'sku', { required: true, maxLength: 64 })}
          {field('barcode', 'barcode', { inputMode: 'numeric', maxLength: 20 })}
          {field('compareAtTiyin', 'compareAt', { inputMode: 'decimal', maxLength: 20 })}
          {field('weightGrams', 'weight', { inputMode: 'numeric', maxLength: 10 })}
        </div>
      </fieldset>
    </li>
  );
});

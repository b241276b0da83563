import type { CartView } from '@um/cart';
import type { ProductView } from '@um/product';
import { Button, cx, IconDownload, IconHeart, IconShoppingCart, Quantity, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { useApp, useHref } from '../state/app.js';
import { showCart } from '../state/cart.js';
import { attributeName, valueWord } from './attributes.js';
import { BundleParts } from './bundle.js';
import { documentWords } from './downloads.js';
import { useWork } from './form.js';
import { PriceNotes } from './price-notes.js';
import { Safety } from './safety.js';

type Variant = ProductView['variants'][number];
type Chosen = Readonly<Record<string, string>>;

const MOST = 99;

/** The variant that has exactly the chosen options; null while some are open or no such variant exists. */
export function variantOf(product: Pick<ProductView, 'variants' | 'options'>, chosen: Chosen): Variant | null {
  if (product.options.length === 0) return product.variants[0] ?? null;
  return (
    product.variants.find((variant) =>
      product.options.every(({ name }) => chosen[name] !== undefined && variant.options[name] === chosen[name]),
    ) ?? null
  );
}

/** Price, warnings, options, and then the button: in this order, so that nobody can buy before the warnings were there to read. */
export function BuyBox({ product, child }: { product: ProductView; child: boolean }): ReactElement {
  const { t } = useApp();
  const only = product.variants.length === 1 ? product.variants[0]!.options : {};
  const [chosen, setChosen] = useState<Chosen>(only);
  const variant = variantOf(product, chosen);
  const shown = variant ?? cheapest(product.variants);
  return (
    <>
      <div>
        {shown && <PriceNotes variant={shown} child={child} />}
        <p className="mt-1 text-sm text-ink-soft">{t.product.vat}</p>
      </div>
      <Safety
        ageMinMonths={product.ageMinMonths}
        infoMark={product.infoMark}
        hazards={product.hazards}
        warnings={product.warnings}
      />
      {product.options.map(({ name, values }) => (
        <Options
          key={name}
          name={name}
          values={values}
          chosen={chosen[name]}
          onChoose={(value) => setChosen({ ...chosen, [name]: value })}
        />
      ))}
      {shown && <BundleParts variant={shown} />}
      {shown?.digital && <Downloaded digital={shown.digital} />}
      <AddToCart variant={variant} child={child} title={product.title} />
    </>
  );
}

function Downloaded({ digital }: { digital: NonNullable<Variant['digital']> }): ReactElement {
  const { t, locale } = useApp();
  return (
    <p className="flex gap-3 text-sm">
      <IconDownload className="shrink-0 text-brand-ink" />
      <span>
        <span className="font-semibold">{documentWords(digital, t, locale)}</span> {t.downloads.after}
      </span>
    </p>
  );
}

const cheapest = (variants: readonly Variant[]): Variant | undefined =>
  [...variants].sort((a, b) => a.price.amount - b.price.amount)[0];

function Options({
  name,
  values,
  chosen,
  onChoose,
}: {
  name: string;
  values: readonly string[];
  chosen: string | undefined;
  onChoose: (value: string) => void;
}): ReactElement {
  const { t } = useApp();
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{attributeName(name, t)}</legend>
      <div className="flex flex-wrap gap-2">
        {values.map((value) => (
          <label
            key={value}
            className="tap inline-flex items-center justify-center rounded-full border-2 border-line-strong/60 bg-surface px-4 font-medium transition-colors has-checked:border-brand has-checked:bg-brand-soft has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)"
          >
            <input
              type="radio"
              name={`option-${name}`}
              value={value}
              checked={chosen === value}
              onChange={() => onChoose(value)}
              className="sr-only"
            />
            {valueWord(value, t)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function AddToCart({
  variant,
  child,
  title,
}: {
  variant: Variant | null;
  child: boolean;
  title: string;
}): ReactElement {
  const { api, t, cartCount } = useApp();
  const href = useHref();
  const toast = useToast();
  const { busy, run } = useWork({ toast: true });
  const [qty, setQty] = useState(1);
  const add = (): Promise<boolean> =>
    run(async () => {
      showCart(
        cartCount,
        await api.send<CartView>('POST', '/carts/current/items', {
          variantId: variant!.id,
          qty: variant!.digital ? 1 : qty,
        }),
      );
      if (child) toast.ok(t.product.picked, { label: t.product.toPicks, href: href('/cart') });
      else toast.ok(t.product.added, { label: t.product.toCart, href: href('/cart') });
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      {!variant?.digital && <Quantity value={qty} max={MOST} onChange={setQty} label={title} />}
      <Button
        size="l"
        icon={child ? IconHeart : IconShoppingCart}
        busy={busy}
        disabled={!variant}
        onClick={() => void add()}
        className={cx('grow', !child && 'sm:max-w-sm')}
      >
        {!variant ? t.product.chooseFirst : child ? t.product.pick : t.product.add}
      </Button>
    </div>
  );
}

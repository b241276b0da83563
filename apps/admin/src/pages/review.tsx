import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReviewDecision, ReviewedProduct } from '@um/product';
import { Badge, Button, Card, formatMoney, IconShieldCheck, Picture, Select, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { Listing, usePages } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { decisionsFor, productStates, productTones, type Decision, type ProductState } from '../parts/products.js';
import { ReasonDialog } from '../parts/reason-dialog.js';
import { textIn } from '../parts/text.js';
import { useFailureToast } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';

type Asked = { product: ReviewedProduct; decision: 'reject' | 'recall' };

/** Products that wait for a moderator, with everything a parent will rely on. */
export function Review(): ReactElement {
  const t = useT();
  const [state, setState] = useState<ProductState>('in_review');
  const [asked, setAsked] = useState<Asked | null>(null);
  const pages = usePages<ReviewedProduct>('review', '/moderation/products', { state });
  const title = state === 'in_review' ? t.review.empty : t.review.emptyOther;
  return (
    <PanelPage title={t.review.title}>
      <Filters>
        <Select label={t.state} value={state} onChange={(event) => setState(event.currentTarget.value as ProductState)}>
          {productStates.map((name) => (
            <option key={name} value={name}>
              {t.products.states[name]}
            </option>
          ))}
        </Select>
      </Filters>
      <Listing pages={pages} empty={{ icon: IconShieldCheck, title }}>
        {(products) => (
          <ul className="flex flex-col gap-4">
            {products.map((product) => (
              <li key={product.id}>
                <Reviewed product={product} ask={(decision) => setAsked({ product, decision })} />
              </li>
            ))}
          </ul>
        )}
      </Listing>
      {asked && <RefuseDialog asked={asked} onClose={() => setAsked(null)} />}
    </PanelPage>
  );
}

/** Sends a decision and looks at the list again, whatever came of it: somebody else may have decided first. */
function useDecide(): (product: ReviewedProduct, decision: ReviewDecision) => Promise<void> {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const said = { publish: t.review.published, reject: t.review.rejected, recall: t.review.recalled };
  return async (product, decision) => {
    try {
      await send('POST', `/moderation/products/${product.id}/decision`, decision);
      toast.ok(said[decision.decision]);
    } finally {
      void client.invalidateQueries({ queryKey: ['review'] });
    }
  };
}

function RefuseDialog({ asked, onClose }: { asked: Asked; onClose: () => void }): ReactElement {
  const t = useT();
  const decide = useDecide();
  const { product, decision } = asked;
  const rejects = decision === 'reject';
  return (
    <ReasonDialog
      title={rejects ? t.review.rejectTitle : t.review.recallTitle}
      text={rejects ? t.review.rejectText : t.review.recallText}
      action={t.review[decision]}
      danger
      onClose={onClose}
      act={async (reason) => {
        await decide(product, { decision, reason });
        return true;
      }}
    />
  );
}

function Reviewed({
  product,
  ask,
}: {
  product: ReviewedProduct;
  ask: (decision: Asked['decision']) => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const decide = useDecide();
  const publish = useMutation({
    mutationFn: () => decide(product, { decision: 'publish' }),
    onError: useFailureToast(),
  });
  const press = (decision: Decision): void => (decision === 'publish' ? publish.mutate() : ask(decision));
  const title = textIn(product.title, locale);
  return (
    <Card>
      <div className="flex flex-col gap-4 sm:flex-row">
        <Picture id={product.pictureId} alt="" sizes="160px" className="size-40 shrink-0 rounded-box" />
        <div className="min-w-0 grow">
          <div className="flex flex-wrap items-start justify-between gap-2">
            <h2 className="text-lg">{title}</h2>
            <Badge tone={productTones[product.state]}>{t.products.states[product.state]}</Badge>
          </div>
          <p className="text-sm text-ink-soft">
            {[textIn(product.storeName, locale), product.brand, formatMoney(product.price, locale)]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p className="my-3 whitespace-pre-line">{textIn(product.description, locale)}</p>
          <Facts product={product} />
          {product.reason && (
            <p className="mt-3 text-sm">
              <strong>{t.reason}:</strong> {product.reason}
            </p>
          )}
          <div className="mt-4 flex flex-wrap gap-2">
            {decisionsFor(product.state).map((decision) => (
              <Button
                key={decision}
                kind={decision === 'publish' ? 'primary' : 'secondary'}
                busy={decision === 'publish' && publish.isPending}
                aria-label={`${t.review[decision]}: ${title}`}
                onClick={() => press(decision)}
              >
                {t.review[decision]}
              </Button>
            ))}
          </div>
        </div>
      </div>
    </Card>
  );
}

/** What a receipt says beside the price. */
const taxOf = ({ mxik, packageCode, vatRate }: ReviewedProduct): string =>
  [mxik, packageCode, `${vatRate} %`].filter(Boolean).join(' · ');

/** What a parent will rely on. */
function Facts({ product }: { product: ReviewedProduct }): ReactElement {
  const { t, locale } = useLanguage();
  const hazards = product.hazards.map((hazard) => t.hazards[hazard]).join('; ');
  const rows: readonly (readonly [string, string | null])[] = [
    [t.review.age, t.review.months(product.ageMinMonths, product.ageMaxMonths)],
    [t.review.mark, product.infoMark],
    [t.review.hazards, hazards || t.review.noHazards],
    [t.review.warnings, product.warnings && textIn(product.warnings, locale)],
    [t.review.maker, [product.manufacturer, product.country].filter(Boolean).join(', ')],
    [t.review.importer, product.importer],
    [t.review.tax, taxOf(product)],
    [t.review.category, product.categoryPath.join(' / ')],
    [
      t.review.attributes,
      Object.entries(product.attributes)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join('; '),
    ],
  ];
  return (
    <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

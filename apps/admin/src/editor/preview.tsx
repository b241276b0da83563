import { Badge, Dialog, formatMoney, IconTriangleAlert, Note, Picture, Price, Tabs } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { localeNames, locales, type Locale } from '../i18n/index.js';
import { textIn } from '../parts/text.js';
import { useLanguage, useT } from '../state/language.js';
import { useAsked } from './attributes-part.js';
import { tiyin, type Form } from './form.js';

/** The product as a shopper will see it, in each language. */
export function Preview({ form, onClose }: { form: Form; onClose: () => void }): ReactElement {
  const { t, locale } = useLanguage();
  const [language, setLanguage] = useState<Locale>(locale);
  return (
    <Dialog open size="l" title={t.editor.previewTitle} onClose={onClose}>
      <Tabs
        label={t.ui.language}
        current={language}
        onChange={(id) => setLanguage(id as Locale)}
        tabs={locales.map((id) => ({ id, label: localeNames[id], content: <Shown form={form} language={id} /> }))}
      />
    </Dialog>
  );
}

function Shown({ form, language }: { form: Form; language: Locale }): ReactElement {
  const t = useT();
  const [first] = form.pictures;
  const title = form.title[language].trim();
  return (
    <div lang={language} className="grid gap-6 sm:grid-cols-2">
      <div>
        <Picture
          id={first?.fileId}
          alt={first?.alt[language] || title}
          sizes="360px"
          sharp
          className="aspect-square w-full rounded-card"
        />
        <ul className="mt-3 flex flex-wrap gap-2">
          {form.pictures.slice(1).map((picture, n) => (
            <li key={`${picture.name} ${n}`}>
              <Picture
                id={picture.fileId}
                alt={picture.alt[language] || title}
                sizes="64px"
                className="size-16 rounded-field"
              />
            </li>
          ))}
        </ul>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {form.brand && <p className="font-semibold text-ink-soft">{form.brand}</p>}
        <p className="text-2xl font-bold">{title || t.editor.noTitle}</p>
        <Prices form={form} language={language} />
        <div className="flex flex-wrap gap-2">
          {form.infoMark && <Badge tone="brand">{form.infoMark}</Badge>}
          {form.ageMinMonths && (
            <Badge>
              {t.review.months(Number(form.ageMinMonths) || 0, form.ageMaxMonths ? Number(form.ageMaxMonths) : null)}
            </Badge>
          )}
        </div>
        {form.options.map((option) => (
          <div key={option.key}>
            <p className="mb-1.5 font-semibold">{option.name}</p>
            <ul className="flex flex-wrap gap-2">
              {option.values.map((value) => (
                <li key={value} className="rounded-full border border-line-strong/60 px-3.5 py-1.5 text-sm font-medium">
                  {value}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {form.warnings[language].trim() && (
          <Note tone="accent" icon={<IconTriangleAlert size={20} />}>
            {form.warnings[language]}
          </Note>
        )}
        <p className="whitespace-pre-line">{form.description[language]}</p>
        <Features form={form} language={language} />
      </div>
    </div>
  );
}

function Prices({ form, language }: { form: Form; language: Locale }): ReactElement | null {
  const t = useT();
  const prices = form.variants.map(({ price }) => tiyin(price)).filter((price) => typeof price === 'number');
  if (prices.length === 0) return null;
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const told = (amount: number): string => formatMoney({ amount, currency: 'UZS' }, language);
  return (
    <div>
      <Price money={{ amount: least, currency: 'UZS' }} size="l" />
      {form.variants.length > 1 && (
        <p className="text-sm text-ink-soft">
          {t.editor.variantCount(form.variants.length)} ·{' '}
          {most > least ? `${told(least)} – ${told(most)}` : told(least)}
        </p>
      )}
    </div>
  );
}

function Features({ form, language }: { form: Form; language: Locale }): ReactElement | null {
  const t = useT();
  const { data: asked = [] } = useAsked(form.categoryId);
  const rows = Object.entries(form.attributes).filter(([, value]) => value !== '');
  if (rows.length === 0) return null;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6">
      {rows.map(([code, value]) => {
        const attribute = asked.find((one) => one.code === code);
        const choice = attribute?.choices.find((one) => one.value === value);
        const told = typeof value === 'boolean' ? (value ? t.editor.yes : t.editor.no) : String(value);
        return (
          <div key={code} className="col-span-2 grid grid-cols-subgrid border-b border-line py-2 last:border-0">
            <dt className="text-ink-soft">{attribute ? textIn(attribute.name, language) : code}</dt>
            <dd>
              {choice ? textIn(choice.name, language) : told} {attribute?.unit && textIn(attribute.unit, language)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

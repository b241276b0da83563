import type { ReactElement } from 'react';
import { locales } from '../i18n/index.js';
import { indented, useCategories } from '../parts/categories.js';
import { useT } from '../state/language.js';
import { FieldArea, FieldInput, FieldSelect } from './fields.js';
import { Part, type PartProps } from './part.js';

/** Where the product stands and what it is called by its seller. */
export function MainPart({ form, problems, change, isNew }: PartProps & { isNew: boolean }): ReactElement {
  const t = useT();
  const { data: categories = [] } = useCategories();
  return (
    <Part title={t.editor.main}>
      <FieldSelect
        field="categoryId"
        problems={problems}
        label={t.editor.category}
        value={form.categoryId}
        required
        onChange={(categoryId) => change({ categoryId })}
      >
        <option value="">{t.editor.chooseCategory}</option>
        {categories.map((category) => (
          <option key={category.id} value={category.id}>
            {indented(category)}
          </option>
        ))}
      </FieldSelect>
      <div className="grid gap-4 sm:grid-cols-2">
        <FieldInput
          field="externalId"
          problems={problems}
          label={t.editor.code}
          hint={t.editor.codeHint}
          value={form.externalId}
          disabled={!isNew}
          required
          maxLength={100}
          onChange={(externalId) => change({ externalId })}
        />
        <FieldInput
          field="brand"
          problems={problems}
          label={t.editor.brand}
          value={form.brand}
          maxLength={80}
          onChange={(brand) => change({ brand })}
        />
      </div>
    </Part>
  );
}

/** Title, description and warning, a column for each language. */
export function TextsPart({ form, problems, change }: PartProps): ReactElement {
  const t = useT();
  return (
    <Part title={t.editor.texts} hint={t.editor.textsHint}>
      <div className="grid gap-x-4 gap-y-6 lg:grid-cols-3">
        {locales.map((locale) => {
          const named = (name: string): string => `${name}, ${t.catalog.languages[locale]}`;
          return (
            <div key={locale} className="flex flex-col gap-3" lang={locale}>
              <FieldInput
                field={`title.${locale}`}
                problems={problems}
                label={named(t.editor.title)}
                value={form.title[locale]}
                required
                maxLength={300}
                onChange={(text) => change({ title: { ...form.title, [locale]: text } })}
              />
              <FieldArea
                field={`description.${locale}`}
                problems={problems}
                label={named(t.editor.description)}
                value={form.description[locale]}
                rows={7}
                maxLength={10_000}
                onChange={(text) => change({ description: { ...form.description, [locale]: text } })}
              />
              <FieldArea
                field={`warnings.${locale}`}
                problems={problems}
                label={named(t.editor.warnings)}
                value={form.warnings[locale]}
                rows={2}
                maxLength={2_000}
                onChange={(text) => change({ warnings: { ...form.warnings, [locale]: text } })}
              />
            </div>
          );
        })}
      </div>
    </Part>
  );
}

import { Checkbox } from '@um/ui';
import type { ReactElement } from 'react';
import { useLanguage, useT } from '../state/language.js';
import { FieldInput, FieldSelect } from './fields.js';
import { Part, type PartProps } from './part.js';
import { idOf, problemAt } from './problems.js';

const MARKS = ['0+', '6+', '12+', '16+', '18+'];

/** For whom it is, and what may be dangerous about it. */
export function SafetyPart({ form, problems, change }: PartProps): ReactElement {
  const t = useT();
  const names = Object.entries(t.hazards);
  const wrong = problemAt(problems, 'hazards');
  const tick = (hazard: string, on: boolean): void =>
    change({
      hazards: names.map(([name]) => name).filter((name) => (name === hazard ? on : form.hazards.includes(name))),
    });
  return (
    <Part title={t.editor.safety}>
      <div className="grid gap-4 sm:grid-cols-3">
        <FieldInput
          field="ageMinMonths"
          problems={problems}
          label={t.editor.ageMin}
          hint={t.editor.ageMinHint}
          value={form.ageMinMonths}
          inputMode="numeric"
          required
          maxLength={4}
          onChange={(ageMinMonths) => change({ ageMinMonths })}
        />
        <FieldInput
          field="ageMaxMonths"
          problems={problems}
          label={t.editor.ageMax}
          hint={t.editor.ageMaxHint}
          value={form.ageMaxMonths}
          inputMode="numeric"
          maxLength={4}
          onChange={(ageMaxMonths) => change({ ageMaxMonths })}
        />
        <FieldSelect
          field="infoMark"
          problems={problems}
          label={t.editor.mark}
          value={form.infoMark}
          onChange={(infoMark) => change({ infoMark })}
        >
          <option value="">{t.editor.noMark}</option>
          {MARKS.map((mark) => (
            <option key={mark}>{mark}</option>
          ))}
        </FieldSelect>
      </div>
      <fieldset id={idOf('hazards')} tabIndex={-1}>
        <legend className="font-semibold">{t.editor.hazards}</legend>
        <p className="mb-2 text-sm text-ink-soft">{t.editor.hazardsHint}</p>
        {wrong && <p className="mb-2 text-sm font-medium text-danger-ink">{wrong}</p>}
        <div className="grid gap-x-6 sm:grid-cols-2">
          {names.map(([hazard, name]) => (
            <Checkbox
              key={hazard}
              label={name}
              checked={form.hazards.includes(hazard)}
              onChange={(event) => tick(hazard, event.currentTarget.checked)}
            />
          ))}
        </div>
      </fieldset>
    </Part>
  );
}

/** A country's name by its two letters; nothing for what names none. */
function countryName(code: string, locale: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  return new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }).of(code);
}

/** What receipts and customs ask. */
export function IdentityPart({ form, problems, change }: PartProps): ReactElement {
  const { t, locale } = useLanguage();
  return (
    <Part title={t.editor.identity} hint={t.editor.forReceipt}>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <FieldInput
          field="mxik"
          problems={problems}
          label={t.editor.mxik}
          hint={t.editor.mxikHint}
          value={form.mxik}
          inputMode="numeric"
          maxLength={30}
          onChange={(mxik) => change({ mxik })}
        />
        <FieldInput
          field="packageCode"
          problems={problems}
          label={t.editor.packageCode}
          hint={t.editor.packageHint}
          value={form.packageCode}
          inputMode="numeric"
          maxLength={30}
          onChange={(packageCode) => change({ packageCode })}
        />
        <FieldSelect
          field="vatRate"
          problems={problems}
          label={t.editor.vat}
          value={form.vatRate}
          onChange={(vatRate) => change({ vatRate })}
        >
          {!['12', '0'].includes(form.vatRate) && <option value={form.vatRate}>{form.vatRate} %</option>}
          <option value="12">12 %</option>
          <option value="0">{t.editor.noVat}</option>
        </FieldSelect>
        <FieldInput
          field="country"
          problems={problems}
          label={t.editor.country}
          hint={countryName(form.country.toUpperCase(), locale) ?? t.editor.countryHint}
          value={form.country}
          maxLength={2}
          autoCapitalize="characters"
          onChange={(country) => change({ country: country.toUpperCase() })}
        />
        <FieldInput
          field="manufacturer"
          problems={problems}
          label={t.editor.manufacturer}
          value={form.manufacturer}
          maxLength={120}
          onChange={(manufacturer) => change({ manufacturer })}
        />
        <FieldInput
          field="importer"
          problems={problems}
          label={t.editor.importer}
          value={form.importer}
          maxLength={120}
          onChange={(importer) => change({ importer })}
        />
      </div>
    </Part>
  );
}

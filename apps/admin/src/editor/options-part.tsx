import type { AskedAttribute } from '@um/product';
import { Button, IconButton, IconPlus, IconTrash2, IconX, Input, Select } from '@um/ui';
import { useId, useState, type ReactElement } from 'react';
import { textIn } from '../parts/text.js';
import { useLanguage } from '../state/language.js';
import { useAsked } from './attributes-part.js';
import { FieldInput } from './fields.js';
import { MOST_OPTIONS, MOST_VARIANTS, newOption, type FormOption } from './form.js';
import { Part, type PartProps } from './part.js';
import { countOf, renamed, withOptions } from './variants.js';
import { VariantTable } from './variant-table.js';

/** What variants differ by, and the variants that follow from it. */
export function OptionsPart({ form, problems, change }: PartProps): ReactElement {
  const { t, locale } = useLanguage();
  const { data: asked = [] } = useAsked(form.categoryId);
  const [tooMany, setTooMany] = useState<number | null>(null);
  const listed = asked.filter(({ type }) => type === 'choice' || type === 'colour');
  const take = (options: readonly FormOption[]): void => {
    const next = withOptions(form, options);
    setTooMany(next ? null : countOf(options));
    if (next) change(next);
  };
  const rename = (key: string, name: string): void => {
    const next = renamed(form, key, name);
    if (next) change(next);
  };
  const suggestions = useId();
  return (
    <Part title={t.editor.options} hint={t.editor.optionsHint}>
      <datalist id={suggestions}>
        {listed.map(({ code, name }) => (
          <option key={code} value={code}>
            {textIn(name, locale)}
          </option>
        ))}
      </datalist>
      {form.options.map((option, place) => (
        <div key={option.key} className="rounded-box border border-line p-3 sm:p-4">
          <div className="flex items-end gap-3">
            <div className="grow">
              <FieldInput
                field={`options.${place}`}
                problems={problems}
                label={t.editor.optionName(place + 1)}
                value={option.name}
                list={suggestions}
                maxLength={60}
                onChange={(name) => rename(option.key, name)}
              />
            </div>
            <Button
              kind="secondary"
              icon={IconTrash2}
              aria-label={t.editor.removeOption(option.name)}
              onClick={() => take(form.options.filter(({ key }) => key !== option.key))}
            />
          </div>
          <Values
            option={option}
            attribute={listed.find(({ code }) => code === option.name)}
            onChange={(values) => take(form.options.map((one) => (one.key === option.key ? { ...one, values } : one)))}
          />
        </div>
      ))}
      {tooMany !== null && (
        <p role="alert" className="text-sm font-medium text-danger-ink">
          {t.editor.tooMany(tooMany, MOST_VARIANTS)}
        </p>
      )}
      {form.options.length < MOST_OPTIONS && (
        <div>
          <Button kind="secondary" size="s" icon={IconPlus} onClick={() => take([...form.options, newOption()])}>
            {t.editor.addOption}
          </Button>
        </div>
      )}
      <VariantTable form={form} problems={problems} change={change} />
    </Part>
  );
}

function Values({
  option,
  attribute,
  onChange,
}: {
  option: FormOption;
  attribute: AskedAttribute | undefined;
  onChange: (values: readonly string[]) => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const [typed, setTyped] = useState('');
  const add = (value: string): void => {
    setTyped('');
    if (value !== '' && !option.values.includes(value)) onChange([...option.values, value]);
  };
  const nameOf = (value: string): string => {
    const choice = attribute?.choices.find((one) => one.value === value);
    return choice ? textIn(choice.name, locale) : value;
  };
  const open = attribute?.choices.filter(({ value }) => !option.values.includes(value));
  return (
    <div className="mt-3 flex flex-col gap-3">
      {option.values.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {option.values.map((value) => (
            <li key={value} className="flex items-center gap-1 rounded-full bg-sunken pl-3.5 font-medium">
              {nameOf(value)}
              <IconButton
                icon={IconX}
                label={t.editor.remove(nameOf(value))}
                onClick={() => onChange(option.values.filter((one) => one !== value))}
              />
            </li>
          ))}
        </ul>
      )}
      {open ? (
        <Select label={t.editor.optionValue} value="" onChange={(event) => add(event.currentTarget.value)}>
          <option value="">{t.editor.addValue}</option>
          {open.map(({ value }) => (
            <option key={value} value={value}>
              {nameOf(value)}
            </option>
          ))}
        </Select>
      ) : (
        <div className="flex items-end gap-3">
          <div className="grow">
            <Input
              label={t.editor.optionValue}
              value={typed}
              maxLength={60}
              onChange={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add(typed.trim());
              }}
            />
          </div>
          <Button kind="secondary" icon={IconPlus} disabled={typed.trim() === ''} onClick={() => add(typed.trim())}>
            {t.editor.addValue}
          </Button>
        </div>
      )}
    </div>
  );
}

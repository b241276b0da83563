import { useQuery } from '@tanstack/react-query';
import type { AskedAttribute } from '@um/product';
import { Button, IconPlus, IconTrash2, Input, Skeleton } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { get } from '../api/api.js';
import { textIn } from '../parts/text.js';
import { useLanguage, useT } from '../state/language.js';
import { FieldInput, FieldSelect } from './fields.js';
import type { AttributeInput } from './form.js';
import { Part, type PartProps } from './part.js';

/** What a category asks of its products. */
export const useAsked = (categoryId: string) =>
  useQuery({
    queryKey: ['asked', categoryId],
    queryFn: () => get<{ items: AskedAttribute[] }>(`/categories/${categoryId}/attributes`).then(({ items }) => items),
    enabled: categoryId !== '',
  });

/** What the product says of itself, as its category asks. */
export function AttributesPart({ form, problems, change }: PartProps): ReactElement {
  const t = useT();
  const { data: asked, isPending } = useAsked(form.categoryId);
  const put = (code: string, value: AttributeInput): void =>
    change({ attributes: { ...form.attributes, [code]: value } });
  const remove = (code: string): void => {
    const { [code]: _gone, ...attributes } = form.attributes;
    change({ attributes });
  };
  const known = new Set(asked?.map(({ code }) => code));
  const others = Object.keys(form.attributes).filter((code) => !known.has(code));
  const free = asked?.length === 0;
  const hint = form.categoryId === '' ? t.editor.attributesNone : free ? t.editor.attributesFree : undefined;
  return (
    <Part title={t.editor.attributes} {...(hint ? { hint } : {})}>
      {form.categoryId !== '' && isPending && <Skeleton className="h-12 rounded-field" />}
      {asked && asked.length > 0 && (
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {asked.map((attribute) => (
            <AskedField
              key={attribute.code}
              attribute={attribute}
              value={form.attributes[attribute.code] ?? ''}
              problems={problems}
              onChange={(value) => put(attribute.code, value)}
            />
          ))}
        </div>
      )}
      {others.length > 0 && !free && <h3 className="font-semibold">{t.editor.unknownAttributes}</h3>}
      {others.map((code) => (
        <div key={code} className="flex items-end gap-3">
          <div className="grow">
            <FieldInput
              field={`attributes.${code}`}
              problems={problems}
              label={code}
              value={String(form.attributes[code])}
              maxLength={500}
              onChange={(value) => put(code, value)}
            />
          </div>
          <Button kind="secondary" icon={IconTrash2} aria-label={t.editor.remove(code)} onClick={() => remove(code)} />
        </div>
      ))}
      {free && <NewAttribute taken={others} onAdd={put} />}
    </Part>
  );
}

function AskedField({
  attribute,
  value,
  problems,
  onChange,
}: {
  attribute: AskedAttribute;
  value: AttributeInput;
  problems: PartProps['problems'];
  onChange: (value: AttributeInput) => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const { code, type, required, choices } = attribute;
  const told = { field: `attributes.${code}`, problems, label: textIn(attribute.name, locale), required };
  if (type === 'boolean')
    return (
      <FieldSelect {...told} value={String(value)} onChange={(typed) => onChange(typed === '' ? '' : typed === 'true')}>
        <option value="">{t.editor.notSaid}</option>
        <option value="true">{t.editor.yes}</option>
        <option value="false">{t.editor.no}</option>
      </FieldSelect>
    );
  if (type === 'choice' || type === 'colour')
    return (
      <FieldSelect {...told} value={String(value)} onChange={onChange}>
        <option value="">{t.editor.notSaid}</option>
        {value !== '' && !choices.some((choice) => choice.value === value) && <option>{String(value)}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {textIn(choice.name, locale)}
          </option>
        ))}
      </FieldSelect>
    );
  return (
    <FieldInput
      {...told}
      value={String(value)}
      suffix={attribute.unit ? textIn(attribute.unit, locale) : undefined}
      inputMode={type === 'number' ? 'decimal' : undefined}
      maxLength={500}
      onChange={(typed) => onChange(type === 'number' ? numberOr(typed) : typed)}
    />
  );
}

/** A number once it is written whole; what is still being typed stays a text. */
function numberOr(typed: string): AttributeInput {
  const value = Number(typed.replace(',', '.'));
  return typed.trim() !== '' && String(value) === typed.trim().replace(',', '.') ? value : typed;
}

function NewAttribute({
  taken,
  onAdd,
}: {
  taken: readonly string[];
  onAdd: (code: string, value: string) => void;
}): ReactElement {
  const t = useT();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const code = name.trim();
  const ready = code !== '' && value.trim() !== '' && !taken.includes(code);
  const add = (): void => {
    onAdd(code, value.trim());
    setName('');
    setValue('');
  };
  return (
    <div className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
      <Input
        label={t.editor.attributeName}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Input
        label={t.editor.attributeValue}
        value={value}
        maxLength={500}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button kind="secondary" icon={IconPlus} disabled={!ready} onClick={add}>
        {t.editor.addAttribute}
      </Button>
    </div>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import type { AdminAttribute, AttributeBody, AttributeDefinition, AttributeType } from '@um/product';
import { Checkbox, Input, Select, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { ChoiceFields, draftChoice, type DraftChoice } from '../parts/choice-fields.js';
import { FormDialog } from '../parts/form-dialog.js';
import { isWhole, noTexts, TextFields, trimmed, type Texts } from '../parts/text-fields.js';
import { textIn } from '../parts/text.js';
import { useLanguage, useT } from '../state/language.js';

const types: readonly AttributeType[] = ['choice', 'colour', 'number', 'boolean', 'text'];
const CODE = /^[a-z][A-Za-z0-9]{0,39}$/;
const APART = 10;

interface Draft {
  code: string;
  type: AttributeType;
  name: Texts;
  unit: Texts;
  facet: boolean;
  position: string;
  choices: DraftChoice[];
}

const draftOf = (attribute: AdminAttribute | null, items: readonly AdminAttribute[]): Draft => ({
  code: attribute?.code ?? '',
  type: attribute?.type ?? 'choice',
  name: { ...(attribute?.name ?? noTexts) },
  unit: { ...(attribute?.unit ?? noTexts) },
  facet: attribute?.facet ?? true,
  position: String(attribute?.position ?? Math.max(0, ...items.map((item) => item.position)) + APART),
  choices: attribute?.choices.map((choice) => draftChoice(choice)) ?? [],
});

/** The draft as the API takes it; null while something is missing. */
function bodyOf(draft: Draft): AttributeBody | null {
  const lists = draft.type === 'choice' || draft.type === 'colour';
  const choices = lists ? draft.choices : [];
  if (!isWhole(draft.name) || choices.some((choice) => !choice.value.trim() || !isWhole(choice.name))) return null;
  if (lists && choices.length === 0) return null;
  return {
    type: draft.type,
    name: trimmed(draft.name),
    unit: draft.type === 'number' && isWhole(draft.unit) ? trimmed(draft.unit) : null,
    facet: draft.facet && draft.type !== 'text',
    position: Math.min(100_000, Math.max(0, Math.trunc(Number(draft.position) || 0))),
    choices: choices.map(({ value, name, hex }) => ({
      value: value.trim(),
      name: trimmed(name),
      ...(draft.type === 'colour' && hex ? { hex } : {}),
    })),
  };
}

/** Defines an attribute or changes what may change of it: names, values, its place, whether lists filter by it. */
export function AttributeDialog({
  attribute,
  items,
  onClose,
}: {
  attribute: AdminAttribute | null;
  items: readonly AdminAttribute[];
  onClose: () => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const toast = useToast();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(attribute, items));
  const [tried, setTried] = useState(false);
  const submit = async (): Promise<boolean> => {
    setTried(true);
    const body = bodyOf(draft);
    if (!body || !CODE.test(draft.code)) return false;
    await send<AttributeDefinition>('PUT', `/admin/attributes/${draft.code}`, body);
    await client.invalidateQueries({ queryKey: ['attributes'] });
    toast.ok(t.saved);
    return true;
  };
  return (
    <FormDialog
      size="l"
      title={attribute ? textIn(attribute.name, locale) : t.catalog.attributes.newTitle}
      action={t.save}
      submit={submit}
      onClose={onClose}
    >
      <Fields draft={draft} isNew={!attribute} tried={tried} onChange={setDraft} />
      {(draft.type === 'choice' || draft.type === 'colour') && (
        <ChoiceFields
          choices={draft.choices}
          kept={new Set(attribute?.choices.map((choice) => choice.value))}
          coloured={draft.type === 'colour'}
          tried={tried}
          onChange={(choices) => setDraft({ ...draft, choices })}
        />
      )}
    </FormDialog>
  );
}

function Fields({
  draft,
  isNew,
  tried,
  onChange,
}: {
  draft: Draft;
  isNew: boolean;
  tried: boolean;
  onChange: (draft: Draft) => void;
}): ReactElement {
  const t = useT();
  const words = t.catalog.attributes;
  const needed = tried ? words.needed : undefined;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Input
          label={words.code}
          value={draft.code}
          disabled={!isNew}
          maxLength={40}
          hint={words.codeHint}
          error={tried && !CODE.test(draft.code) ? words.codeBad : undefined}
          onChange={(event) => onChange({ ...draft, code: event.currentTarget.value })}
        />
        <Select
          label={words.type}
          value={draft.type}
          disabled={!isNew}
          onChange={(event) => onChange({ ...draft, type: event.currentTarget.value as AttributeType })}
        >
          {types.map((type) => (
            <option key={type} value={type}>
              {words.types[type]}
            </option>
          ))}
        </Select>
        <Input
          label={words.position}
          value={draft.position}
          inputMode="numeric"
          maxLength={6}
          onChange={(event) => onChange({ ...draft, position: event.currentTarget.value })}
        />
      </div>
      <TextFields
        label={words.name}
        value={draft.name}
        longest={80}
        error={needed}
        onChange={(name) => onChange({ ...draft, name })}
      />
      {draft.type === 'number' && (
        <TextFields
          label={words.unit}
          value={draft.unit}
          longest={20}
          hint={words.unitHint}
          onChange={(unit) => onChange({ ...draft, unit })}
        />
      )}
      {draft.type !== 'text' && (
        <Checkbox
          label={words.facet}
          checked={draft.facet}
          onChange={(event) => onChange({ ...draft, facet: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

import type { AttributeDefinition } from '@um/product';
import { Button, IconPlus, IconX, Input } from '@um/ui';
import type { ReactElement } from 'react';
import { useT } from '../state/language.js';
import { noTexts, TextFields, type Texts } from './text-fields.js';

/** One value of an attribute while it is written. */
export interface DraftChoice {
  /** Tells the fields of one value from those of another; it is no part of it. */
  readonly key: string;
  value: string;
  name: Texts;
  hex: string;
}

let drafts = 0;
export const draftChoice = (choice?: AttributeDefinition['choices'][number]): DraftChoice => ({
  key: `choice-${(drafts += 1)}`,
  value: choice?.value ?? '',
  name: { ...(choice?.name ?? noTexts) },
  hex: choice?.hex ?? '',
});

const PLAIN = '#888888';

/** The values of a choice or a colour, in the order shoppers see. Those that were given once stay. */
export function ChoiceFields({
  choices,
  kept,
  coloured,
  tried,
  onChange,
}: {
  choices: readonly DraftChoice[];
  kept: ReadonlySet<string>;
  coloured: boolean;
  tried: boolean;
  onChange: (choices: DraftChoice[]) => void;
}): ReactElement {
  const t = useT();
  const words = t.catalog.attributes;
  const change = (key: string, part: Partial<DraftChoice>): void =>
    onChange(choices.map((choice) => (choice.key === key ? { ...choice, ...part } : choice)));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-semibold">{words.choices}</legend>
      {kept.size > 0 && <p className="text-sm text-ink-soft">{words.keptHint}</p>}
      {choices.map((choice) => (
        <div key={choice.key} className="rounded-box border border-line p-3">
          <div className="mb-3 flex items-end gap-3">
            <div className="grow">
              <Input
                label={words.choiceValue}
                value={choice.value}
                disabled={kept.has(choice.value)}
                maxLength={40}
                error={tried && !choice.value.trim() ? words.needed : undefined}
                onChange={(event) => change(choice.key, { value: event.currentTarget.value })}
              />
            </div>
            {coloured && (
              <Input
                type="color"
                label={words.choiceHex}
                value={choice.hex || PLAIN}
                className="min-w-20 p-1"
                onChange={(event) => change(choice.key, { hex: event.currentTarget.value })}
              />
            )}
            {!kept.has(choice.value) && (
              <Button
                kind="secondary"
                icon={IconX}
                aria-label={words.removeChoice(choice.value)}
                onClick={() => onChange(choices.filter((one) => one.key !== choice.key))}
              />
            )}
          </div>
          <TextFields
            label={words.name}
            value={choice.name}
            longest={80}
            error={tried ? words.needed : undefined}
            onChange={(name) => change(choice.key, { name })}
          />
        </div>
      ))}
      <div>
        <Button kind="secondary" size="s" icon={IconPlus} onClick={() => onChange([...choices, draftChoice()])}>
          {words.addChoice}
        </Button>
      </div>
    </fieldset>
  );
}

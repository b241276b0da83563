import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AdminAttribute, AskedAttribute } from '@um/product';
import { Badge, Button, Card, Checkbox, IconPlus, Note, Select, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { get, send } from '../api/api.js';
import { indented, useCategories } from '../parts/categories.js';
import { Failed, Rows } from '../parts/listing.js';
import { textIn } from '../parts/text.js';
import { useFailureText } from '../state/failures.js';
import { useLanguage } from '../state/language.js';

type Own = { code: string; required: boolean };

/** One category after another: what it asks of its products, by itself and from above. */
export function CategoryAsks({ attributes }: { attributes: readonly AdminAttribute[] }): ReactElement {
  const { t } = useLanguage();
  const categories = useCategories();
  const [chosen, setChosen] = useState('');
  if (categories.isPending) return <Rows count={3} />;
  if (categories.isError && !categories.data)
    return <Failed error={categories.error} onRetry={() => void categories.refetch()} />;
  const id = chosen || (categories.data[0]?.id ?? '');
  const names = new Map(categories.data.map((category) => [category.id, category.name]));
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Select
        label={t.catalog.attributes.category}
        value={id}
        onChange={(event) => setChosen(event.currentTarget.value)}
      >
        {categories.data.map((category) => (
          <option key={category.id} value={category.id}>
            {indented(category)}
          </option>
        ))}
      </Select>
      {id && <Asked key={id} id={id} names={names} attributes={attributes} />}
    </div>
  );
}

function Asked({
  id,
  names,
  attributes,
}: {
  id: string;
  names: ReadonlyMap<string, string>;
  attributes: readonly AdminAttribute[];
}): ReactElement {
  const { t, locale } = useLanguage();
  const say = useFailureText();
  const toast = useToast();
  const client = useQueryClient();
  const asked = useQuery({
    queryKey: ['asked', id],
    queryFn: () => get<{ items: AskedAttribute[] }>(`/categories/${encodeURIComponent(id)}/attributes`),
  });
  if (asked.isPending) return <Rows count={4} />;
  if (asked.isError && !asked.data) return <Failed error={asked.error} onRetry={() => void asked.refetch()} />;
  const own: Own[] = attributes.flatMap(({ code, categories }) =>
    categories.filter((one) => one.categoryId === id).map(({ required }) => ({ code, required })),
  );
  const save = async (next: readonly Own[]): Promise<void> => {
    try {
      await send('PUT', `/admin/categories/${encodeURIComponent(id)}/attributes`, { attributes: next });
      toast.ok(t.saved);
    } catch (error) {
      toast.problem(say(error));
    }
    await client.invalidateQueries({ queryKey: ['attributes'] });
    await client.invalidateQueries({ queryKey: ['asked'] });
  };
  return (
    <>
      {asked.data.items.length === 0 && <Note>{t.catalog.attributes.asksNothing}</Note>}
      {asked.data.items.map((attribute) => (
        <AskedRow
          key={attribute.code}
          name={textIn(attribute.name, locale)}
          type={t.catalog.attributes.types[attribute.type]}
          required={attribute.required}
          from={attribute.from === id ? null : (names.get(attribute.from) ?? attribute.from)}
          onRequire={(required) =>
            void save(own.map((one) => (one.code === attribute.code ? { ...one, required } : one)))
          }
          onRemove={() => void save(own.filter((one) => one.code !== attribute.code))}
        />
      ))}
      <AskMore
        options={attributes.filter(({ code }) => !asked.data.items.some((one) => one.code === code))}
        onAdd={(code) => void save([...own, { code, required: false }])}
      />
    </>
  );
}

function AskedRow({
  name,
  type,
  required,
  from,
  onRequire,
  onRemove,
}: {
  name: string;
  type: string;
  required: boolean;
  from: string | null;
  onRequire: (required: boolean) => void;
  onRemove: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const words = t.catalog.attributes;
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3">
      <span>
        <strong className="block">{name}</strong>
        <span className="text-sm text-ink-soft">{type}</span>
      </span>
      {from === null ? (
        <span className="flex flex-wrap items-center gap-3">
          <Checkbox
            label={words.required}
            checked={required}
            onChange={(event) => onRequire(event.currentTarget.checked)}
          />
          <Button kind="secondary" size="s" aria-label={`${words.askRemove}: ${name}`} onClick={onRemove}>
            {words.askRemove}
          </Button>
        </span>
      ) : (
        <span className="flex flex-wrap gap-2">
          {required && <Badge tone="accent">{words.required}</Badge>}
          <Badge>{words.inherited(from)}</Badge>
        </span>
      )}
    </Card>
  );
}

function AskMore({
  options,
  onAdd,
}: {
  options: readonly AdminAttribute[];
  onAdd: (code: string) => void;
}): ReactElement | null {
  const { t, locale } = useLanguage();
  const [code, setCode] = useState('');
  const picked = options.some((option) => option.code === code) ? code : (options[0]?.code ?? '');
  if (options.length === 0) return null;
  return (
    <div className="flex items-end gap-3">
      <div className="grow">
        <Select
          label={t.catalog.attributes.askMore}
          value={picked}
          onChange={(event) => setCode(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.code} value={option.code}>
              {textIn(option.name, locale)}
            </option>
          ))}
        </Select>
      </div>
      <Button kind="secondary" icon={IconPlus} onClick={() => onAdd(picked)}>
        {t.catalog.attributes.askAdd}
      </Button>
    </div>
  );
}

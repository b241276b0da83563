import { useQuery } from '@tanstack/react-query';
import type { CacheKeys, CacheProcess } from '@um/config';
import { Button, Card, Input, Table, type Column } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { useForm } from 'react-hook-form';
import { get } from '../api/api.js';
import type { Dictionary } from '../i18n/index.js';
import { useT } from '../state/language.js';
import { commonTags } from './cache-figures.js';
import type { Purge } from './cache-purge.js';
import { Failed, Rows } from './listing.js';
import { Filters } from './page.js';

type Ask = (purge: Purge) => void;

const TAGS_SHOWN = 12;

/** Looks under a tag: its keys, with a button to throw each or all of them away. */
export function KeptKeys({ processes, ask }: { processes: readonly CacheProcess[]; ask: Ask }): ReactElement {
  const { cache: words } = useT();
  const [tag, setTag] = useState('');
  const { register, handleSubmit, setValue } = useForm({ defaultValues: { tag: '' } });
  const show = (name: string): void => {
    setValue('tag', name);
    setTag(name);
  };
  return (
    <Card className="flex flex-col gap-4">
      <div>
        <h2 className="text-lg">{words.kept}</h2>
        <p className="text-sm text-ink-soft">{words.keptText}</p>
      </div>
      <form noValidate onSubmit={(event) => void handleSubmit(({ tag: typed }) => show(typed.trim()))(event)}>
        <Filters>
          <Input {...register('tag')} label={words.tag} placeholder="catalog" autoCapitalize="none" maxLength={200} />
          <Button type="submit" kind="secondary" className="sm:w-auto!">
            {words.find}
          </Button>
        </Filters>
      </form>
      <ul aria-label={words.common} className="flex flex-wrap gap-2">
        {commonTags(processes, TAGS_SHOWN).map(({ tag: name, entries }) => (
          <li key={name} className="max-w-full">
            <Button
              kind="secondary"
              size="s"
              aria-pressed={name === tag}
              onClick={() => show(name)}
              className="max-w-full"
            >
              <span className="truncate">{name}</span>
              <span className="text-ink-soft tabular-nums">{entries}</span>
            </Button>
          </li>
        ))}
      </ul>
      {tag && <Under tag={tag} ask={ask} />}
    </Card>
  );
}

function Under({ tag, ask }: { tag: string; ask: Ask }): ReactElement {
  const { cache: words } = useT();
  const keys = useQuery({ queryKey: ['cache-keys', tag], queryFn: () => get<CacheKeys>('/admin/cache/keys', { tag }) });
  if (keys.isPending) return <Rows count={3} />;
  if (keys.isError) return <Failed error={keys.error} onRetry={() => void keys.refetch()} />;
  const { items, found } = keys.data;
  if (items.length === 0) return <p className="text-ink-soft">{words.none}</p>;
  const more = found - items.reduce((sum, { processes }) => sum + processes, 0);
  return (
    <div className="flex flex-col items-start gap-3">
      <Button kind="danger" size="s" onClick={() => ask({ tags: [tag] })}>
        {`${words.purge}: ${tag}`}
      </Button>
      <div className="w-full">
        <Table caption={words.kept} rows={items} keyOf={({ key }) => key} columns={columns(words, ask)} />
      </div>
      {more > 0 && <p className="text-sm text-ink-soft">{words.more(more)}</p>}
    </div>
  );
}

function columns(words: Dictionary['cache'], ask: Ask): Column<CacheKeys['items'][number]>[] {
  return [
    { id: 'key', title: words.key, cell: ({ key }) => <code className="text-xs break-all">{key}</code> },
    { id: 'processes', title: words.inProcesses, number: true, cell: ({ processes }) => processes },
    {
      id: 'actions',
      title: <span className="sr-only">{words.actions}</span>,
      number: true,
      cell: ({ key }) => (
        <Button kind="secondary" size="s" aria-label={`${words.purge}: ${key}`} onClick={() => ask({ keys: [key] })}>
          {words.purge}
        </Button>
      ),
    },
  ];
}

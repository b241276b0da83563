import { useQuery } from '@tanstack/react-query';
import type { Explained } from '@um/search';
import { Badge, Button, Card, EmptyState, IconSearch, Input, Note, Table, type Column } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { get } from '../api/api.js';
import { Failed, Rows } from '../parts/listing.js';
import { useLanguage, useT } from '../state/language.js';

type Product = Explained['products'][number];

/** Why a search answers what it answers: how each word was read, and what each score is made of. */
export function SearchExplained(): ReactElement {
  const { t, locale } = useLanguage();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const answer = useQuery({
    queryKey: ['search-explain', asked, locale],
    queryFn: () => get<Explained>('/admin/search/explain', { q: asked }),
    enabled: asked !== '',
  });
  return (
    <div className="flex flex-col gap-5">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <div className="min-w-56 grow sm:max-w-md">
          <Input
            label={t.search.explain.query}
            value={typed}
            maxLength={200}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" icon={IconSearch}>
          {t.search.explain.ask}
        </Button>
      </form>
      {asked !== '' && answer.isPending && <Rows count={5} />}
      {answer.isError && <Failed error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && <Answer answer={answer.data} />}
    </div>
  );
}

function Answer({ answer }: { answer: Explained }): ReactElement {
  const t = useT();
  const words = t.search.explain;
  return (
    <>
      {answer.corrected && <Note>{words.corrected(answer.corrected)}</Note>}
      {answer.words.length > 0 && (
        <Card className="flex flex-col gap-3 p-4">
          <h2 className="font-bold">{words.readAs}</h2>
          <ul className="flex flex-col gap-3">
            {answer.words.map((word, n) => (
              <li key={n} className="flex flex-wrap items-center gap-2">
                <strong>{word.typed}</strong>
                <span className="text-sm text-ink-soft">{words.rarity(word.rarity, word.products)}</span>
                {word.forms.map((form) => (
                  <Badge key={`${form.kind}-${form.word}`} tone={form.kind === 'word' ? 'plain' : 'accent'}>
                    {form.word} · {words.kinds[form.kind]} · {form.weight}
                  </Badge>
                ))}
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Table
        caption={words.score}
        rows={answer.products}
        keyOf={(product) => product.id}
        columns={columns(words)}
        empty={
          <EmptyState icon={IconSearch} title={words.nothing}>
            {words.nothingText}
          </EmptyState>
        }
      />
    </>
  );
}

function columns(words: ReturnType<typeof useT>['search']['explain']): Column<Product>[] {
  const figure = (id: 'score' | 'text' | 'pairs' | 'coverage' | 'availability' | 'popularity' | 'freshness') => ({
    id,
    title: words[id],
    number: true,
    cell: (product: Product) => product[id],
  });
  return [
    {
      id: 'product',
      title: words.product,
      cell: (product) => (
        <>
          <a className="font-semibold hover:underline" href={`/p/${product.slug}`}>
            {product.title}
          </a>
          <span className="mt-1 block text-xs text-ink-soft">
            {product.words
              .map(({ typed, field, kind, points }) =>
                field === null
                  ? `${typed}: ${words.missing}`
                  : `${typed}: ${words.fields[field]}${kind && kind !== 'word' ? `, ${words.kinds[kind]}` : ''}, ${points}`,
              )
              .join(' · ')}
          </span>
        </>
      ),
    },
    ...(['score', 'text', 'pairs', 'coverage', 'availability', 'popularity', 'freshness'] as const).map(figure),
  ];
}

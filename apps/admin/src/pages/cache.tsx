import { useQuery } from '@tanstack/react-query';
import type { CacheProcess, CacheState } from '@um/config';
import { Badge, Button, Card, Note, Table, type Column, type Tone } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { get } from '../api/api.js';
import { percent, sizeText, together, upFor } from '../parts/cache-figures.js';
import { KeptKeys } from '../parts/cache-keys.js';
import { PurgeDialog, type Purge } from '../parts/cache-purge.js';
import { Failed, Rows } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import type { Dictionary } from '../i18n/index.js';
import { useT } from '../state/language.js';

const LIVE_MS = 3_000;

/** What the caches of all processes do, live; values can be thrown away. */
export function CachePage(): ReactElement {
  const t = useT();
  const [asked, setAsked] = useState<Purge | null>(null);
  const state = useQuery({
    queryKey: ['cache'],
    queryFn: () => get<CacheState>('/admin/cache'),
    refetchInterval: LIVE_MS,
  });
  return (
    <PanelPage
      title={t.cache.title}
      lead={t.cache.lead}
      aside={
        <Button kind="danger" onClick={() => setAsked({ everything: true })}>
          {t.cache.purgeAll}
        </Button>
      }
    >
      {state.isPending && <Rows count={4} />}
      {state.isError && !state.data && <Failed error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && (
        <div className="flex flex-col gap-6">
          {state.data.alone && <Note tone="accent">{t.cache.alone}</Note>}
          <Totals processes={state.data.processes} />
          <section aria-label={t.cache.processes} className="flex flex-col gap-4">
            {state.data.processes.map((process) => (
              <Process key={process.process} process={process} />
            ))}
          </section>
          <KeptKeys processes={state.data.processes} ask={setAsked} />
        </div>
      )}
      {asked && <PurgeDialog purge={asked} onClose={() => setAsked(null)} />}
    </PanelPage>
  );
}

function Totals({ processes }: { processes: readonly CacheProcess[] }): ReactElement {
  const { cache: words } = useT();
  const all = together(processes);
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure name={words.hitRate} value={percent(all.hits, all.asked)} hint={words.hitRateText} />
      <Figure name={words.memory} value={sizeText(all.bytes)} hint={words.of(sizeText(all.maxBytes))} />
      <Figure
        name={words.entries}
        value={all.entries.toLocaleString('ru')}
        hint={`${words.processes}: ${processes.length}`}
      />
      <Figure name={words.stale} value={all.stale.toLocaleString('ru')} hint={words.staleText} />
    </dl>
  );
}

function Figure({ name, value, hint }: { name: string; value: string; hint: string }): ReactElement {
  return (
    <Card>
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="mt-1 text-2xl font-semibold tabular-nums sm:text-3xl">{value}</dd>
      <dd className="mt-0.5 text-xs text-ink-soft">{hint}</dd>
    </Card>
  );
}

const tones: Readonly<Record<CacheProcess['redis'], Tone>> = { off: 'plain', up: 'ok', down: 'danger' };
/** From so many contexts on, naming them all says less than naming none. */
const MANY_SERVICES = 6;

function Process({ process }: { process: CacheProcess }): ReactElement {
  const { cache: words } = useT();
  const { services, host, pid, upSeconds, redis, bus, owed, areas } = process;
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-lg">{services.length > MANY_SERVICES ? words.everything : services.join(', ')}</h2>
          <p className="text-sm text-ink-soft">
            {host} · {pid} · {words.up(upFor(upSeconds, words))}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {owed > 0 && <Badge tone="danger">{words.owed(owed)}</Badge>}
          <Badge tone={tones[redis]}>{`${words.redis}: ${words.links[redis]}`}</Badge>
          <Badge tone={tones[bus]}>{`${words.bus}: ${words.links[bus]}`}</Badge>
        </div>
      </div>
      {areas.length === 0 ? <p className="text-ink-soft">{words.idle}</p> : <Areas areas={areas} />}
    </Card>
  );
}

type Area = CacheProcess['areas'][number];

function Areas({ areas }: { areas: readonly Area[] }): ReactElement {
  const { cache: words } = useT();
  return <Table caption={words.area} rows={areas} keyOf={(area) => area.name} columns={columns(words)} />;
}

type Words = Dictionary['cache'];

const nameOf = ({ name }: Area, { areas }: Words): string => (name in areas ? areas[name as keyof typeof areas] : name);

function columns(words: Words): Column<Area>[] {
  const count = (id: string, title: string, of: (area: Area) => number): Column<Area> => ({
    id,
    title,
    number: true,
    cell: (area) => of(area).toLocaleString('ru'),
  });
  return [
    {
      id: 'name',
      title: words.area,
      cell: (area) => <strong className="whitespace-nowrap">{nameOf(area, words)}</strong>,
    },
    {
      id: 'rate',
      title: words.share,
      number: true,
      cell: ({ hits, misses }) => percent(hits.memory + hits.redis, hits.memory + hits.redis + misses),
    },
    count('memory', words.fromMemory, ({ hits }) => hits.memory),
    count('redis', words.fromRedis, ({ hits }) => hits.redis),
    count('loaded', words.loaded, ({ misses }) => misses),
    count('stale', words.stale, ({ stale }) => stale),
    count('evicted', words.evicted, ({ evicted }) => evicted),
    count('entries', words.entries, ({ entries }) => entries),
    { id: 'size', title: words.size, number: true, cell: ({ bytes }) => sizeText(bytes) },
  ];
}

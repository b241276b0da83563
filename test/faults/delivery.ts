import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { listeningsOf } from '@um/kernel';
import { registry, tableOwners } from '../../apps/server/src/registry.js';
import type { House } from '../journeys/house.js';

/** A reaction that has to happen once for each fact of its name. */
export interface Subscriber {
  readonly event: string;
  readonly context: string;
  readonly name: string;
}

/** Every reaction that is remembered, read from the modules themselves. */
export async function subscribers(): Promise<Subscriber[]> {
  const all = await Promise.all(
    tableOwners.map(async (context) => {
      const module = await registry[context]!.load();
      const providers = (Reflect.getMetadata('providers', module) ?? []) as unknown[];
      return providers
        .filter((provider): provider is Type => typeof provider === 'function')
        .flatMap((type) => listeningsOf(type))
        .filter((listening) => !listening.everyProcess)
        .map(({ event, method }) => ({ event, context, name: `${context}.${method}` }));
    }),
  );
  return all.flat();
}

const union = (select: (context: string) => string): string => tableOwners.map(select).join(' union all ');
/** Every recorded fact and job. */
const FACTS = union((c) => `select '${c}' as context, id, name, kind, state, last_error from "${c}".outbox`);
const HANDLED = union((c) => `select event_id, subscriber from "${c}".inbox`);

/** How much was delivered, and what is wrong with it (I8). */
export interface Delivery {
  readonly facts: number;
  readonly reactions: number;
  readonly problems: readonly string[];
}

/** What is not delivered yet: rows that wait, and rows that were given up. */
export async function waiting(house: House): Promise<{ pending: number; parked: readonly string[] }> {
  const rows = await house.sql(
    `select state, name, count(*)::int as n, max(last_error) as why from (${FACTS}) f where state <> 'done' group by 1, 2`,
  );
  const parked = rows.filter((row) => row['state'] === 'parked');
  return {
    pending: rows.reduce((sum, row) => sum + Number(row['n']), 0),
    parked: parked.map((row) => `${String(row['name'])} is given up: ${String(row['why'])}`),
  };
}

/** I8: each fact is in the inbox of each of its subscribers, and nobody reacted to what was never recorded. */
export async function checkDelivery(house: House, all: readonly Subscriber[]): Promise<Delivery> {
  const expected = `select * from jsonb_to_recordset($1::jsonb) as s(event text, context text, name text)`;
  const wanted = JSON.stringify(all);
  const missed = await house.sql(
    `with facts as (${FACTS}), handled as (${HANDLED}), expected as (${expected})
     select format('I8 %s missed %s of %s, first %s', s.name, count(*), f.name, min(f.id::text)) as text from facts f join expected s on s.event = f.name
     where f.kind = 'event' and not exists (select 1 from handled h where h.event_id = f.id and h.subscriber = s.name) group by f.name, s.name`,
    [wanted],
  );
  const strange = await house.sql(
    `with facts as (${FACTS}), handled as (${HANDLED})
     select format('I8 %s took %s facts nobody recorded, first %s', subscriber, count(*), min(event_id::text)) as text
     from handled where event_id not in (select id from facts) group by subscriber`,
  );
  const [counts] = await house.sql(
    `select (select count(*)::int from (${FACTS}) f where kind = 'event') as facts, (select count(*)::int from (${HANDLED}) h) as reactions`,
  );
  return {
    facts: Number(counts!['facts']),
    reactions: Number(counts!['reactions']),
    problems: [...missed, ...strange].map((row) => String(row['text'])),
  };
}

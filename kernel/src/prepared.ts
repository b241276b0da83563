import pg from 'pg';

/** A statement gets its name with this use: what is asked now and then is not worth keeping. */
const FREQUENT = 3;
/** Statements that are known; later ones are planned each time. It bounds what a process and its connections keep. */
const MOST_KNOWN = 1_000;
/** Texts with more values than this were put together for one batch and hardly come again. */
const MOST_VALUES = 40;
/** Columns that are not named: a column that is added would change what a prepared statement answers, which PostgreSQL refuses. */
const EVERY_COLUMN = /\*(?!\))/;

/** Which frequent statements are kept: all of them, or those alone that write, where the best plan of a question depends on its values. */
export type Prepare = 'all' | 'writes';
const WRITES = /\b(?:insert into|update|delete from)\b/;

/** The names under which statements are prepared. */
class Names {
  readonly #uses = new Map<string, { readonly name: string; times: number }>();

  constructor(private readonly prepare: Prepare) {}

  /** The name of a statement, or undefined for one that is planned each time. */
  of(text: string, values: readonly unknown[]): string | undefined {
    if (values.length === 0 || values.length > MOST_VALUES) return undefined;
    let use = this.#uses.get(text);
    if (!use) {
      if (this.#uses.size >= MOST_KNOWN || !this.#isKept(text)) return undefined;
      this.#uses.set(text, (use = { name: `um:${this.#uses.size}`, times: 0 }));
    }
    use.times += 1;
    return use.times >= FREQUENT ? use.name : undefined;
  }

  #isKept(text: string): boolean {
    return !EVERY_COLUMN.test(text) && (this.prepare === 'all' || WRITES.test(text));
  }
}

/**
 * A connection that reads its frequent statements once, and plans them once where one plan suits all values: doing both
 * anew each time was a fifth of what an order costs PostgreSQL. Behind PgBouncer it needs `max_prepared_statements`.
 */
export function preparingClient(prepare: Prepare): typeof pg.Client {
  const names = new Names(prepare);
  return class extends pg.Client {
    // The overloads of the library cannot be repeated here: what is not a frequent statement goes on as it came.
    override query(...args: never): never {
      const [text, values, ...rest] = args as readonly unknown[];
      const name = typeof text === 'string' && Array.isArray(values) ? names.of(text, values) : undefined;
      const given = name === undefined ? args : [{ name, text, values }, ...rest];
      return Reflect.apply(super.query.bind(this), undefined, given) as never;
    }
  };
}

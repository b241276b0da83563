import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, newId, record, type Ctx, type Db, type Tx } from '@um/kernel';
import { searchErrors, synonymsChanged, type Synonym } from './contract.js';
import type { SearchSchema } from './search.schema.js';
import * as q from './synonym.queries.js';
import { queryWords } from './words.rules.js';

/** Keeps what words mean the same. A change counts for searches that begin after it, on every process. */
@Injectable()
export class SynonymsService {
  constructor(@Inject('search.db') private readonly db: Db<SearchSchema>) {}

  async list(): Promise<Synonym[]> {
    return (await q.allSynonyms(this.db)).map(({ id, words, changedAt }) => ({
      id,
      words,
      changedAt: changedAt.toISOString(),
    }));
  }

  /** Makes a group of words. */
  add(ctx: Ctx, words: readonly string[]): Promise<Synonym> {
    return this.#put(ctx, newId(ctx.now), words, 'search.synonyms-added');
  }

  /** Replaces the words of a group; `search.NO_SYNONYMS` when there is none. */
  change(ctx: Ctx, id: string, words: readonly string[]): Promise<Synonym> {
    return this.#put(ctx, id, words, 'search.synonyms-changed');
  }

  /** Takes a group away. */
  async remove(ctx: Ctx, id: string): Promise<void> {
    await inTx(this.db, async (tx) => {
      const words = await q.synonymWords(tx, id);
      if (!words) throw searchErrors.NO_SYNONYMS();
      await q.dropSynonym(tx, id);
      await this.#tell(tx, ctx, { id, action: 'search.synonyms-removed', before: words, after: [] });
    });
  }

  async #put(ctx: Ctx, id: string, words: readonly string[], action: string): Promise<Synonym> {
    const read = words.map((word) => ({ word, said: queryWords(word) }));
    const wrong = read.find(({ said }) => said.length !== 1);
    if (wrong) throw searchErrors.ONE_WORD({ word: wrong.word });
    const keys = read.map(({ said }) => said[0]!.key);
    const twice = keys.find((key, n) => keys.indexOf(key) !== n);
    if (twice !== undefined) throw searchErrors.SAME_WORD({ word: read[keys.lastIndexOf(twice)]!.word });
    const finds = [...new Set(read.flatMap(({ said }) => [said[0]!.key, ...said[0]!.stems.map(({ stem }) => stem)]))];
    return inTx(this.db, async (tx) => {
      const before = action === 'search.synonyms-changed' ? await q.synonymWords(tx, id) : [];
      if (!before) throw searchErrors.NO_SYNONYMS();
      const taken = await q.takenWord(tx, id, keys);
      if (taken !== undefined) throw searchErrors.TAKEN_WORD({ word: taken });
      await q.putSynonym(tx, { id, words, keys, finds, changed_at: ctx.now });
      await this.#tell(tx, ctx, { id, action, before, after: words });
      return { id, words: [...words], changedAt: ctx.now.toISOString() };
    });
  }

  async #tell(
    tx: Tx<SearchSchema>,
    ctx: Ctx,
    { id, action, before, after }: { id: string; action: string; before: readonly string[]; after: readonly string[] },
  ): Promise<void> {
    await record(tx, ctx, synonymsChanged, { id });
    await record(
      tx,
      ctx,
      auditRecorded,
      auditEntry(ctx, {
        action,
        subject: `synonyms:${id}`,
        detail: { before: before.join(', '), after: after.join(', ') },
      }),
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { errorCatalogue, record, textFor, type Ctx, type Db } from '@um/kernel';
import { editingErrors, productErrors, type EditedProduct, type Published, type PublishedLine } from './contract.js';
import * as q from './editing.queries.js';
import { exportedOne } from './exports.queries.js';
import { lockShop } from './import.queries.js';
import { issueText } from './import-issue.rules.js';
import { Importer } from './importer.js';
import { lineEntries } from './kept-lines.rules.js';
import type { BadLine } from './line.rules.js';
import { OwnStores } from './own-stores.js';
import { PicturesService } from './pictures.service.js';
import type { ProductSchema } from './product.schema.js';

/** Products as sellers write them in the panel: one line each, which goes the way that every line of an import goes. */
@Injectable()
export class EditingService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(Importer) private readonly importer: Importer,
    @Inject(PicturesService) private readonly pictures: PicturesService,
  ) {}

  /** A product of the person's own stores as a line. Raises `product.NOT_FOUND`, also for somebody else's. */
  async open(ctx: Ctx, id: string): Promise<EditedProduct> {
    const found = await q.standingById(this.db, id);
    if (!found || (await this.own.among(ctx, found.storeId)).length === 0) throw productErrors.NOT_FOUND();
    const { id: _id, ...line } = (await exportedOne(this.db, id))!;
    const { storeId, slug, state, basis, masterId, draftId } = found;
    const files = Object.fromEntries(await this.pictures.find(ctx, storeId, line.pictures));
    return { id, storeId, slug, state, basis, masterId, draftId, line, files };
  }

  /**
   * Writes a line as an import would, for a product that is not there yet or as it was when it was opened. Raises
   * `product.NOT_VALID` with the fields that are to blame, `product.KEY_TAKEN`, `product.CHANGED_MEANWHILE`, `product.NOT_FOUND`,
   * and `store.NOT_FOUND` for somebody else's store.
   */
  async publish(ctx: Ctx, { storeId, productId, basis, draftId, line }: PublishedLine): Promise<Published> {
    await this.own.require(ctx, storeId);
    const read = await this.importer.read(ctx, storeId, lineEntries([JSON.stringify(line)], 1));
    const [bad] = read.bad;
    if (bad) throw editingErrors.NOT_VALID({ problems: problemsOf(ctx, bad) });
    const { externalId } = read.good[0]!.row;
    return this.importer.transacted(async (tx) => {
      await lockShop(tx, storeId);
      const before = await q.standingByKey(tx, storeId, externalId);
      if (productId === null && before) throw editingErrors.KEY_TAKEN();
      if (productId !== null && before?.id !== productId) throw productErrors.NOT_FOUND();
      if (before && before.basis !== basis) throw editingErrors.CHANGED_MEANWHILE();
      const { created, updated } = await this.importer.writeIn(tx, ctx, read);
      const outcome = created > 0 ? 'created' : updated > 0 ? 'updated' : 'unchanged';
      if (draftId !== null) await q.dropDraft(tx, draftId, storeId);
      const { id, slug, state } = (await q.standingByKey(tx, storeId, externalId))!;
      const entry = auditEntry(ctx, { action: `product.${outcome}`, subject: `product:${id}`, detail: { state } });
      if (outcome !== 'unchanged') await record(tx, ctx, auditRecorded, entry);
      return { id, slug, state, outcome };
    });
  }
}

/** What is wrong, field by field, in the reader's language; the line's own words where a field alone does not say it. */
function problemsOf(ctx: Ctx, bad: BadLine): { field: string; message: string }[] {
  const general = textFor(errorCatalogue.get(bad.code)!.message, ctx.locale);
  if (bad.issues.length === 0) return [{ field: '', message: general }];
  return bad.issues.map((issue) => ({ field: issue.field, message: issueText(issue, ctx.locale) ?? general }));
}

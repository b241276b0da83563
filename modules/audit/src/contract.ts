import { contract, event, page, query, type Ctx } from '@um/kernel/contract';
import { z } from 'zod';

/** One important action (requirement P18). `detail` holds ids and figures, never personal data. */
export const AuditEntry = z.object({
  action: z.string().regex(/^[a-z]+(\.[a-z-]+)+$/),
  actor: z.uuid().nullable(),
  /** What it was done to, `order:0190…`. */
  subject: z.string().max(200),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  requestId: z.string(),
  at: z.iso.datetime(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The entry of what this request does. `actor` is who asks, unless the action itself tells who it is. */
export const auditEntry = (
  ctx: Ctx,
  {
    detail = {},
    actor = ctx.actor,
    ...did
  }: Pick<AuditEntry, 'action' | 'subject'> & Partial<Pick<AuditEntry, 'detail' | 'actor'>>,
): AuditEntry => ({ ...did, detail, actor, requestId: ctx.requestId, at: ctx.now.toISOString() });

/** Any context records this in the transaction of the action itself; the audit log appends it to its hash chain. */
export const auditRecorded = event('audit.recorded.v1', AuditEntry, (entry) => entry.subject);

/** `head` is the hash of the newest row, in hex: kept outside of the database, it shows that the whole log was not written anew. */
export const Verification = z.object({ rows: z.int(), firstBroken: z.int().nullable(), head: z.string() });
export type Verification = z.infer<typeof Verification>;

/** A row of the log as admins read it. */
export const AuditRow = AuditEntry.extend({ seq: z.int(), hash: z.string() });
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditPage = page(AuditRow);
/** `action` matches itself and everything under it: `auth` finds `auth.signed-in`. */
export const AuditFilter = z.strictObject({
  action: z
    .string()
    .regex(/^[a-z]+(\.[a-z-]+)*$/)
    .max(80)
    .optional(),
  subject: z.string().max(200).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  lang: z.string().optional(),
});

export const audit = contract('audit', {
  /** Walks the chain from its first row; `firstBroken` is the first sequence number that does not fit (invariant I9). */
  verify: query(z.object({}), Verification),
});

/** The part of the kernel that contracts are made of: pure, no Node, no database. Contracts import this entry and nothing else of the kernel. */
export { CacheReport } from './cache/report.js';
export {
  command,
  contract,
  query,
  type Call,
  type Calls,
  type Client,
  type Contract,
  type Handlers,
} from './contract.js';
export type { Ctx, Role } from './ctx.js';
export { AppError, errors, errorCatalogue, type ErrorDetails, type ErrorSpec } from './errors.js';
export { event, type EventDef, type PayloadOf } from './events/event.js';
export { Money, money, share, Tiyin, vatIncluded } from './money.js';
export { page, type Page } from './page.js';
export { locales, pickLocale, textFor, writtenOf, type Locale, type LocalText } from './text.js';
export { LocalTextSchema } from './text-schema.js';

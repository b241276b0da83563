import type { Type } from '@nestjs/common';
import { audit } from '@um/audit';
import { auth } from '@um/auth';
import { cart } from '@um/cart';
import { config } from '@um/config';
import { family } from '@um/family';
import { file } from '@um/file';
import { gateway } from '@um/gateway';
import { inventory } from '@um/inventory';
import type { Contract } from '@um/kernel';
import { notification } from '@um/notification';
import { order } from '@um/order';
import { payment } from '@um/payment';
import { product } from '@um/product';
import { search } from '@um/search';
import { store } from '@um/store';
import { user } from '@um/user';

/** One context of the platform: its contract, and its module, loaded only where it runs. */
export interface ContextEntry {
  readonly contract: Contract;
  readonly load: () => Promise<Type>;
  /** False for the edge, which owns no tables. */
  readonly ownsTables: boolean;
  /** Its questions have a best plan for each choice of values, so plans of what it writes alone are kept. */
  readonly plansByValue?: boolean;
}

/** Every context of the platform, lowest tier first. The one list that `--services=` selects from. */
export const registry: Readonly<Record<string, ContextEntry>> = {
  config: { contract: config, ownsTables: true, load: async () => (await import('@um/config/module')).ConfigModule },
  file: { contract: file, ownsTables: true, load: async () => (await import('@um/file/module')).FileModule },
  audit: { contract: audit, ownsTables: true, load: async () => (await import('@um/audit/module')).AuditModule },
  auth: { contract: auth, ownsTables: true, load: async () => (await import('@um/auth/module')).AuthModule },
  user: { contract: user, ownsTables: true, load: async () => (await import('@um/user/module')).UserModule },
  family: { contract: family, ownsTables: true, load: async () => (await import('@um/family/module')).FamilyModule },
  store: { contract: store, ownsTables: true, load: async () => (await import('@um/store/module')).StoreModule },
  product: {
    contract: product,
    ownsTables: true,
    load: async () => (await import('@um/product/module')).ProductModule,
  },
  inventory: {
    contract: inventory,
    ownsTables: true,
    load: async () => (await import('@um/inventory/module')).InventoryModule,
  },
  cart: { contract: cart, ownsTables: true, load: async () => (await import('@um/cart/module')).CartModule },
  payment: {
    contract: payment,
    ownsTables: true,
    load: async () => (await import('@um/payment/module')).PaymentModule,
  },
  order: { contract: order, ownsTables: true, load: async () => (await import('@um/order/module')).OrderModule },
  search: {
    contract: search,
    ownsTables: true,
    plansByValue: true,
    load: async () => (await import('@um/search/module')).SearchModule,
  },
  notification: {
    contract: notification,
    ownsTables: true,
    load: async () => (await import('@um/notification/module')).NotificationModule,
  },
  gateway: {
    contract: gateway,
    ownsTables: false,
    load: async () => (await import('@um/gateway/module')).GatewayModule,
  },
};

/** Names of every context, lowest tier first. */
export const contextNames: readonly string[] = Object.keys(registry);

/** Contexts that own tables. */
export const tableOwners: readonly string[] = contextNames.filter((name) => registry[name]!.ownsTables);

/** The contexts a `--services=` wish names; `all` is everything. Unknown names raise an error that lists the known ones. */
export function servicesFrom(wish: string): readonly string[] {
  if (wish === 'all') return contextNames;
  const names = wish
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.filter((name) => !(name in registry));
  if (unknown.length > 0) throw new Error(`unknown services: ${unknown.join(', ')}. Known: ${contextNames.join(', ')}`);
  return contextNames.filter((name) => names.includes(name));
}

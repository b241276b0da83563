import type { CONSENT_VERSION as Version, ConsentPurpose } from '@um/family';
import type { z } from 'zod';

/** The notice these pages show. The compiler refuses a page that asks for consent to another version than the platform records. */
export const CONSENT_VERSION: typeof Version = '2026-11-1';

/** What consent is asked for, each apart. */
export const purposes: readonly z.infer<typeof ConsentPurpose>[] = ['profile', 'shopping', 'order_history'];

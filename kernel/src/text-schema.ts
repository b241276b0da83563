import { z } from 'zod';

/** A text in the three written languages, as it is stored and travels. */
export const LocalTextSchema = z.object({ uz: z.string(), ru: z.string(), en: z.string() });

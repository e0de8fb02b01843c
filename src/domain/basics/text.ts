import { z } from 'zod';

/** A sentence or label in both languages; neither may be empty. */
export const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;

export const Language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof Language>;

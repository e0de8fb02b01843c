/** The steps of an application, in order. */
export const steps = ['firm', 'business', 'assets', 'questions', 'cover', 'confirm'] as const;
export type Step = (typeof steps)[number];

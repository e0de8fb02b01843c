/** A GB/T 4754 class code as it is stored: one capital letter and digits, no blanks. */
export const tidyClassCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
    .toUpperCase();

/** A section letter (A to T in GB/T 4754-2017), alone or with up to four digits of division, group and class. */
export const classCodeForm = /^[A-T]\d{0,4}$/;

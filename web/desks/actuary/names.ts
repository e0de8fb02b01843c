import { zh } from '../../texts/zh.ts';
import type { Wording } from '../../words.ts';

const has = <T extends object>(words: T, id: string): id is keyof T & string => id in words;

/** The name of a table of a ratebook; a table that the portal does not know keeps its own. */
export const tableName = (id: string, { t }: Pick<Wording, 't'>): string => (has(zh.tariff.tables, id) ? t(`tariff.tables.${id}`) : id);

/** The name of a column. */
export const columnName = (id: string, { t }: Pick<Wording, 't'>): string => {
  const plain = id.replaceAll('.', '-');
  return has(zh.tariff.columns, plain) ? t(`tariff.columns.${plain}`) : id;
};

export const industryName = (id: string, { t }: Pick<Wording, 't'>): string => (has(zh.industry, id) ? t(`industry.${id}`) : id);
export const sizeName = (id: string, { t }: Pick<Wording, 't'>): string => (has(zh.tariff.sizes, id) ? t(`tariff.sizes.${id}`) : id);

/** Saves a text as a file of the reader's. */
export function saveFile(name: string, text: string, mediaType: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: mediaType }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

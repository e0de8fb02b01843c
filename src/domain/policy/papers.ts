import { z } from 'zod';
import { Day, Text, built, hashData, misnamed, readContent, type Built, type ContentFile, type ContentProblem } from '../basics/index.ts';
import { AcceptedDocument } from './model.ts';

/** A paper that is read and accepted before binding. Terms and exclusions go on with what the catalogue says of the coverages that are bought. */
export const Paper = z.strictObject({ id: AcceptedDocument, effectiveFrom: Day, title: Text, lead: Text.nullable(), clauses: z.array(Text).max(60) });
export type Paper = z.infer<typeof Paper>;

/** A paper with the hash of its whole text, which an acceptance names. */
export const PaperInForce = z.strictObject({ ...Paper.shape, hash: z.string() }).meta({ id: 'Paper' });
export type PaperInForce = z.infer<typeof PaperInForce>;

/** Reads `content/papers`: one file for each document that must be accepted. */
export function buildPapers(files: readonly ContentFile[]): Built<readonly Paper[]> {
  const { values, problems } = readContent(Paper, files);
  const held = values.map(({ value }) => value);
  const absent = AcceptedDocument.options.filter((document) => !held.some(({ id }) => id === document));
  return built(held, [...problems, ...values.flatMap(misnamed), ...absent.map(missing)]);
}

const missing = (document: AcceptedDocument): ContentProblem => ({ file: `content/papers/${document}.yaml`, at: '', message: 'this paper must be there' });

/**
 * The papers in the order in which they are read. The exclusions begin with what the wording takes out of every coverage (`scope`). `catalogueVersion` is part of the hash of terms and
 * exclusions, because they print the triggers and exclusions that stand in the catalogue.
 */
export const papersInForce = (papers: readonly Paper[], { catalogueVersion, scope }: { catalogueVersion: string; scope: readonly Text[] }): PaperInForce[] =>
  AcceptedDocument.options.flatMap((document) =>
    papers
      .filter(({ id }) => id === document)
      .map((held) => {
        const paper = document === 'exclusions' ? { ...held, clauses: [...held.clauses, ...scope] } : held;
        return { ...paper, hash: hashData(document === 'notice' ? paper : { paper, catalogueVersion }) };
      }),
  );

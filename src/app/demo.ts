import { Readable } from 'node:stream';
import type { Answers } from '../domain/assessment/index.ts';
import type { RequestedCover } from '../domain/catalogue/index.ts';
import type { FirmProfile } from '../domain/parties/index.ts';
import type { Files } from '../io/interfaces.ts';
import { getAssessment, keepEvidence, listAssessments, saveAnswers, startAssessment, submitReport } from './assessment.ts';
import type { Actor } from './operation.ts';
import { bindPolicy, listPapers } from './policy.ts';
import type { Runner } from './run.ts';
import { listSecurityPackages } from './subsidy-offer.ts';
import { applyForSubsidy } from './subsidy-requests.ts';
import { openSubsidyScheme } from './subsidy-schemes.ts';
import { createSubmission, requestQuote } from './underwriting.ts';

/** An invented firm and how far along it is when somebody looks at the demo world for the first time. */
export interface DemoFirm {
  readonly owner: Actor;
  readonly profile: FirmProfile;
  readonly answers: Answers;
  readonly cover: RequestedCover;
  readonly reports: readonly { readonly name: string; readonly open: () => Readable }[];
  readonly until: 'assessed' | 'quoted' | 'bound';
  /** The security package that it bought and where it sits, when it applies for a subsidy of its quote. */
  readonly subsidy: { readonly package: string; readonly region: string } | null;
}

/** What loading needs of the running system. `wait` lets time pass between two looks at a job. */
export interface DemoParts {
  readonly runner: Runner;
  readonly files: Files;
  readonly wait: (millis: number) => Promise<void>;
  readonly clock: () => string;
}

/**
 * Brings the demo firms into the system through the same operations that people use, so that nothing in it is made up behind the product's back.
 * A firm that has an assessment already is left alone: loading twice changes nothing. Returns how many firms were loaded.
 */
export async function loadDemoWorld(firms: readonly DemoFirm[], parts: DemoParts): Promise<number> {
  const loaded = await Promise.all(firms.map((firm) => loadFirm(firm, parts)));
  return loaded.filter(Boolean).length;
}

/** Lets an officer open a subsidy scheme with the budget that the content gives it. */
export async function openDemoScheme(scheme: string, officer: Actor, runner: Runner): Promise<void> {
  await runner.run(openSubsidyScheme, { actor: officer, input: { scheme, budgetMinor: null }, key: `demo-scheme-${scheme}` });
}

async function loadFirm(firm: DemoFirm, parts: DemoParts): Promise<boolean> {
  const { runner } = parts;
  const actor = firm.owner;
  const present = await runner.run(listAssessments, { actor, input: { limit: 1 } });
  if (present.output.items.length > 0) return false;
  const started = await runner.run(startAssessment, { actor, input: { firm: firm.profile }, key: 'demo-start' });
  const assessment = started.output.id;
  await runner.run(saveAnswers, { actor, input: { assessment, version: started.output.version, answers: await documented(assessment, firm, parts) } });
  for (const report of firm.reports) await handIn(assessment, report, firm, parts);
  await untilRead(assessment, actor, parts);
  if (firm.until !== 'assessed') await buy(assessment, firm, parts);
  return true;
}

/** The answers with an invented document for each that is called documented. */
async function documented(assessment: string, { profile, answers, owner }: DemoFirm, { files, runner }: DemoParts): Promise<Answers> {
  const entries = Object.entries(answers.answers).map(async ([id, answer]) => {
    if (answer.kind !== 'document') return [id, answer] as const;
    const kept = await files.keep(Readable.from([`${profile.name}\n${id}\n${answer.on}\n虚构的证明文件 · invented document\n`]), 10_000);
    const file = { ...kept, name: `${id}.txt` };
    await runner.run(keepEvidence, { actor: owner, input: { assessment, file } });
    return [id, { ...answer, proof: file }] as const;
  });
  return { ...answers, answers: Object.fromEntries(await Promise.all(entries)) };
}

async function handIn(assessment: string, report: DemoFirm['reports'][number], { owner }: DemoFirm, { runner, files }: DemoParts): Promise<void> {
  const kept = await files.keep(report.open(), 50_000_000);
  await runner.run(submitReport, { actor: owner, input: { assessment, file: { ...kept, name: report.name } } });
}

/** Waits until no report is being read any more. Throws after a minute: a quote on half-read evidence would be wrong. */
async function untilRead(assessment: string, actor: Actor, { runner, wait }: DemoParts): Promise<void> {
  for (let look = 0; look < 300; look += 1) {
    const { output } = await runner.run(getAssessment, { actor, input: { assessment } });
    if (output.reports.every(({ state }) => state !== 'reading')) return;
    await wait(200);
  }
  throw new Error(`the reports of ${assessment} were not read within a minute`);
}

async function buy(assessment: string, { owner: actor, cover, until, subsidy }: DemoFirm, { runner, clock }: DemoParts): Promise<void> {
  const { output: submission } = await runner.run(createSubmission, { actor, input: { assessment, cover, insurer: null } });
  const { output: quote } = await runner.run(requestQuote, { actor, input: { submission: submission.id } });
  if (subsidy !== null) await askForSubsidy(quote.id, subsidy, actor, runner);
  if (until !== 'bound' || quote.quote.outcome !== 'quoted') return;
  const at = clock();
  const { output: read } = await runner.run(listPapers, { actor, input: {} });
  const acceptances = read.papers.map(({ id, hash }) => ({ document: id, hash, openedAt: at, acceptedAt: at }));
  await runner.run(bindPolicy, { actor, input: { quote: quote.id, acceptances }, key: 'demo-bind' });
}

async function askForSubsidy(quote: string, chosen: { package: string; region: string }, actor: Actor, runner: Runner): Promise<void> {
  const { output } = await runner.run(listSecurityPackages, { actor, input: {} });
  const [scheme] = output.schemes;
  if (scheme) await runner.run(applyForSubsidy, { actor, input: { quote, scheme: scheme.id, ...chosen }, key: 'demo-subsidy' });
}

import { z } from 'zod';
import { wordsUpTo } from '../domain/basics/index.ts';
import {
  CaseSnapshot,
  previewWaiver,
  requireUnchanged,
  snapshotOf,
  waiveOnOffer,
  withApproval,
  type IssuedQuote,
  type WaiverRequest,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { change, ContingencyRecord, deciderOf, deskPlace, readPlace } from './case-place.ts';
import { Preview, previewView } from './case-preview.ts';
import { shownContingency } from './contingencies.ts';
import { everyRecord } from './every-record.ts';
import { type Context, operation } from './operation.ts';
import { regrantSubsidy } from './subsidy-decision.ts';
import { rulesOf } from './tariff.ts';
import { contingencies, summaryOf } from './underwriting-cases.ts';
import { placeApplication, quotes, type Place } from './underwriting.ts';

const asked = z.strictObject({ contingency: z.string().max(100), subLimitMinor: z.int().min(1), from: z.iso.date() });

export const previewConditionWaiver = operation({
  name: 'previewContingencyWaiver',
  module: 'underwriting',
  summary: {
    zh: '豁免条件试算',
    en: 'Say what an offer would come to with a condition waived as a dated warranty, and whose authority it takes; decides nothing',
  },
  who: 'case:read',
  input: asked,
  output: Preview,
  http: { method: 'POST', path: '/contingencies/{contingency}/waiver/preview', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { contingency, ...warranty }) => {
    const { body } = await context.records.get(contingencies, contingency);
    const { place } = await readPlace(context, body.submission);
    const issued = await context.records.get(quotes, body.quote);
    const request = await requestOf(context, { place, issued, contingency: body }, { ...warranty, reason: '' });
    const preview = previewWaiver(request, await rulesOf(context, place.submission.body.insurer));
    return Preview.parse(previewView(context, preview, issued, place.file.version));
  },
});

export const waiveCondition = operation({
  name: 'waiveContingency',
  module: 'underwriting',
  summary: { zh: '豁免条件为限期保证', en: 'Waive a condition as a dated warranty with a sub-limit, which goes into the cover and its price' },
  who: 'case:decide',
  input: asked.extend({
    reason: wordsUpTo(2000),
    /** What the decider looked at: `seen` of the preview of this waiver. */
    seen: CaseSnapshot,
  }),
  output: ContingencyRecord,
  http: { method: 'POST', path: '/contingencies/{contingency}/waiver', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { contingency, seen, ...warranty }) => {
    const { body } = await context.records.get(contingencies, contingency);
    const place = await deskPlace(context, body.submission);
    const issued = await context.records.lock(quotes, body.quote);
    const stored = await context.records.lock(contingencies, contingency);
    const request = await requestOf(context, { place, issued, contingency: stored.body }, warranty);
    const rules = await rulesOf(context, place.submission.body.insurer);
    requireUnchanged(seen, snapshotOf(previewWaiver(request, rules).quote, place.file.version));
    const waived = waiveOnOffer(request, rules);
    const on = { quote: issued.id, issued: issued.body, assessmentVersion: place.file.version };
    const after = withApproval(place.opened.body, on, waived.approved);
    await regrantSubsidy(context, await context.records.save(quotes, issued.id, issued.version, after.issued));
    await change(context, place.opened, { ...after.opened, summary: summaryOf({ body: after.issued }, place.file.body.firm) });
    const { settled, quote } = waived.approved;
    context.note({ contingency, quote: issued.id, premium: quote.worksheet.premium.total, snapshot: settled.snapshot });
    return shownContingency(await context.records.save(contingencies, contingency, stored.version, waived.contingency));
  },
});

interface Waived {
  readonly place: Place;
  readonly issued: Stored<IssuedQuote>;
  readonly contingency: WaiverRequest['contingency'];
}

/** The condition on its offer, with the firm of the case as it is now for whichever cover. */
async function requestOf(context: Context, { place, issued, contingency }: Waived, warranty: WaiverRequest['warranty']): Promise<WaiverRequest> {
  const application = await placeApplication(context, place, issued.body.quote.cover);
  const all = await everyRecord(context, contingencies, { quote: issued.id });
  return {
    ...{ offer: issued.body, contingency, warranty, decider: deciderOf(context) },
    approved: place.opened.body.decisions.findLast((one) => one.quote === issued.id && one.outcome === 'approved')?.terms ?? null,
    waivedBefore: all.filter(({ body }) => body.state === 'waived').length,
    applicationFor: (cover) => ({ ...application, cover }),
    assessmentVersion: place.file.version,
  };
}

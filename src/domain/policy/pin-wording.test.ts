import { describe, expect, it } from 'vitest';
import { wordingFiles, wordingLibrary } from '../../../test/wordings.ts';
import { catalogue } from '../../../test/tariff.ts';
import { buildWordings, ownTerms, scopeInWords, type Incident, type RequestedCover, type Wording } from '../catalogue/index.ts';
import { isAsPinned, papersInForce, payUnderWording, pinWording } from './index.ts';

const library = wordingLibrary();
const cover: RequestedCover = {
  package: null,
  currency: 'CNY',
  limitMinor: 500_000_000,
  retentionMinor: 1_000_000,
  lines: [
    { coverage: 'business-interruption', subLimitMinor: 200_000_000, waitingHours: 8 },
    { coverage: 'incident-response', subLimitMinor: 100_000_000, waitingHours: null },
  ],
  from: null,
};
const outage: Incident = {
  ...library.incidents.get('ransomware-nine-days')!,
  circumstances: [],
  items: [
    {
      id: 'lost-profit',
      head: 'business-interruption',
      title: { zh: '停业', en: 'stop' },
      amountMinor: 24_000_000,
      hours: [{ hours: 24, business: true, amountMinor: 24_000_000 }],
      circumstances: [],
    },
  ],
};
const saidBy = (wording: Wording): string => wording.sections.flatMap(({ articles }) => articles.map(({ text }) => `${text.zh}\n${text.en}`)).join('\n');

describe('the wording of a policy', () => {
  it('says and pays by the same slots: longer waiting moves the text and the amount', () => {
    const usual = pinWording(cover, library);
    const longer = pinWording({ ...cover, lines: cover.lines.map((line) => ({ ...line, waitingHours: line.waitingHours && 12 })) }, library);

    expect(payUnderWording(outage, usual).paidMinor).toBe(24_000_000 - 8_000_000 - 1_000_000);
    expect(payUnderWording(outage, longer).paidMinor).toBe(24_000_000 - 12_000_000 - 1_000_000);
    expect(saidBy(usual.text)).toMatch(/8 小时[\s\S]*8 hours/);
    expect(saidBy(longer.text)).toMatch(/12 小时[\s\S]*12 hours/);
    expect(saidBy(longer.text)).not.toMatch(/\b8 hours/);
    expect(longer.hash).not.toBe(usual.hash);
  });

  it('names who insures, and is headed by the exclusions that the papers and the schedule begin with', () => {
    const { text } = pinWording(cover, library, { insurer: '示例承保公司' });
    const scope = scopeInWords(ownTerms(library), library);
    const paper = { id: 'exclusions' as const, effectiveFrom: '2026-01-01', title: { zh: '责任免除', en: 'Exclusions' }, lead: null, clauses: [] };

    expect(text.insurer).toEqual({ zh: '示例承保公司', en: '示例承保公司' });
    expect(scope.map(({ zh }) => zh)).toEqual(
      text.sections.find(({ id }) => id === 'scope')!.articles.map(({ title, text: said }) => `${title.zh}：${said.zh}`),
    );
    expect(papersInForce([paper], { catalogueVersion: 'v1', scope })[0]!.clauses).toEqual(scope);
  });

  it('cites for every line of a payment an article that it holds', () => {
    const wording = pinWording(cover, library);
    const refs = new Set(wording.text.sections.flatMap(({ articles }) => articles.map(({ ref }) => ref)));
    for (const incident of library.incidents.values())
      for (const { article } of payUnderWording(incident, wording).trace) expect(refs.has(article) || article === 'coverage-not-taken', article).toBe(true);
  });

  it('stays what it was when the library says and pays otherwise', () => {
    const pinned = pinWording(cover, library);
    const files = wordingFiles();
    const reworded = files.wordings.map(({ path, data }) => ({
      path,
      data: JSON.parse(
        JSON.stringify(data)
          .replaceAll('"circumstances":["state-backed"]', '"circumstances":["no-malicious-act"]')
          .replaceAll('{hours} 小时', '{hours} 个钟头'),
      ) as unknown,
    }));
    const cheaper = files.insurers.map(({ path, data }) => ({
      path,
      data: JSON.parse(JSON.stringify(data).replaceAll('"paidRatio":1', '"paidRatio":0.5')) as unknown,
    }));
    const later = buildWordings({ ...files, wordings: reworded, insurers: cheaper }, catalogue()).value!;
    const anew = pinWording(cover, later);
    const kept = JSON.parse(JSON.stringify(pinned)) as typeof pinned;

    expect(payUnderWording(outage, anew).paidMinor).toBeLessThan(payUnderWording(outage, pinned).paidMinor);
    expect(saidBy(anew.text)).toContain('8 个钟头');
    expect(saidBy(kept.text)).not.toContain('个钟头');
    expect(payUnderWording(outage, kept)).toEqual(payUnderWording(outage, pinned));
    expect(isAsPinned(kept)).toBe(true);
  });

  it('is not as pinned once a single slot was touched', () => {
    const pinned = pinWording(cover, library);
    expect(isAsPinned({ ...pinned, terms: { ...pinned.terms, limitMinor: pinned.terms.limitMinor + 1 } })).toBe(false);
  });
});

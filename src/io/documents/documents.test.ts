import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, describe, expect, it } from 'vitest';
import { Documents, makeDocument, verificationCode } from './index.ts';
import type { CancellationNoticeData, PolicyScheduleData } from './model.ts';
import { wordingLibrary } from '../../../test/wordings.ts';
import { renderWording } from '../../domain/catalogue/index.ts';
import { sampleCancellation, samplePolicy, sampleQuotation } from './sample.ts';

async function textOf(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return text.replace(/\s+/g, ' ');
}

const library = wordingLibrary();
const policyWith = (changes: Partial<PolicyScheduleData>): PolicyScheduleData => ({ ...samplePolicy, ...changes });
const schedule = (data: PolicyScheduleData, language: 'zh' | 'en' = 'zh') => makeDocument({ kind: 'policy-schedule', language, data });
const impatient = new Documents();

afterAll(() => impatient.close());

describe('a policy schedule', () => {
  it('says in Chinese who is covered, for how long, for how much and at what price', async () => {
    const text = await textOf(await schedule(samplePolicy));

    for (const said of [
      '网络安全保险保单明细表',
      'CY-2026-000123',
      '示例云帆电子商务有限公司',
      '91330100MA2EXAMP0X',
      '2026-12-01 零时起至 2027-11-30 二十四时止',
      '¥5,000,000.00',
      '¥50,000.00',
      '营业中断损失',
      '¥6,399.79',
      '人民币陆仟叁佰玖拾玖元柒角玖分',
      '责任免除',
      '先验',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('says the same in English', async () => {
    const text = await textOf(await schedule(samplePolicy, 'en'));

    for (const said of [
      'Cyber Insurance Policy Schedule',
      'CY-2026-000123',
      'from 2026-12-01 00:00 to 2027-11-30 24:00',
      'CNY 5,000,000.00',
      'Business interruption',
      'CNY 6,399.79',
      'Exclusions',
      'priors',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('保险费');
  });

  it('numbers its pages and carries its code on each', async () => {
    const data = policyWith({
      exclusions: Array.from({ length: 90 }, (_, i) => ({ zh: `第 ${i} 项免责情形，仅为试验。`, en: `Exclusion ${i}, for trial only.` })),
    });
    const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(await schedule(data, 'en'))));

    expect(totalPages).toBeGreaterThan(3);
    text.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${totalPages}`);
      expect(page).toContain(verificationCode({ kind: 'policy-schedule', data }));
    });
  });

  it('prints exclusions under the coverage that they limit', async () => {
    const text = await textOf(await schedule(samplePolicy, 'en'));

    expect(text).toMatch(/All coverages.*War, hostilities.*Business interruption.*Failure of public.*Data breach liability.*Fines and penalties/);
  });

  it('prints judgements by subject with their number, on less than a page for eighty', async () => {
    const priors = Array.from({ length: 80 }, (_, i) => ({
      zh: `赔率：第 ${i} 项控制措施已经落实`,
      en: `Odds ratio: control ${i} is in place on all systems`,
    }));
    const pagesOf = async (data: PolicyScheduleData) => (await getDocumentProxy(new Uint8Array(await schedule(data, 'en')))).numPages;
    const text = await textOf(await schedule(policyWith({ priors }), 'en'));

    expect(text).toContain('Odds ratio (80): control 0 is in place on all systems; control 1');
    expect((await pagesOf(policyWith({ priors }))) - (await pagesOf(policyWith({ priors: [] })))).toBeLessThanOrEqual(1);
  });

  it.each([10, 13, 18])('is not signed on a page of its own, however long what comes before: %i exclusions', async (count) => {
    const items = Array.from({ length: count }, (_, i) => ({ zh: `第 ${i} 项`, en: `Exclusion ${i}.` }));
    const pdf = await schedule(policyWith({ exclusions: [{ coverage: null, items }] }), 'en');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));

    expect(text.at(-1)).toMatch(/These parameters are expert judgement.*Signed for the insurer.*End of document/s);
  });

  it('has the same bytes each time, also from a fresh process', async () => {
    const first = await schedule(samplePolicy);
    const again = await schedule(samplePolicy);
    const elsewhere = await impatient.make({ kind: 'policy-schedule', language: 'zh', data: samplePolicy });

    expect(Buffer.from(first).equals(again)).toBe(true);
    expect(Buffer.from(first).equals(elsewhere)).toBe(true);
  });

  it('carries another code as soon as one figure differs', () => {
    const changed = policyWith({ retentionMinor: samplePolicy.retentionMinor + 1 });

    expect(verificationCode({ kind: 'policy-schedule', data: changed })).not.toBe(verificationCode({ kind: 'policy-schedule', data: samplePolicy }));
  });
});

describe('a quotation', () => {
  it('marks a price that binds nobody, and names what must be settled first', async () => {
    const text = await textOf(await makeDocument({ kind: 'quotation', language: 'zh', data: sampleQuotation }));

    for (const said of ['仅供参考', '不构成要约', 'CVE-2024-3400', '必须整改', '−¥842.00']) expect(text).toContain(said);
    expect(text).not.toContain('投保人签章');
  });

  it('is signed when it was quoted', async () => {
    const data = { ...sampleQuotation, outcome: 'quoted' as const, gate: { passed: true, blockers: [] } };
    const text = await textOf(await makeDocument({ kind: 'quotation', language: 'zh', data }));

    expect(text).toContain('投保人签章');
    expect(text).not.toContain('不构成要约');
  });
});

describe('a notice of cancellation', () => {
  const notice = async (data: CancellationNoticeData, language: 'zh' | 'en') => textOf(await makeDocument({ kind: 'cancellation-notice', language, data }));

  it.each([
    ['zh', '备份的恢复记录', 'Hand in a record', '企业最终承担的保费： ¥315.61'],
    ['en', 'Hand in a record', '备份的恢复记录', 'goes back: CNY 315.61'],
  ] as const)('gives the reason in its own language, and what the firm bears in the end: %s', async (language, said, other, borne) => {
    const text = await notice(sampleCancellation, language);

    expect(text).toContain(said);
    expect(text).not.toContain(other);
    expect(text).toContain(language === 'zh' ? '经办 系统' : 'Carried out by the system');
    expect(text).toContain(borne);
  });

  it('says nothing of a subsidy where there was none', async () => {
    expect(await notice({ ...sampleCancellation, subsidy: null }, 'zh')).not.toContain('企业最终承担');
  });
});

describe('what a firm writes in a document', () => {
  it.each([
    '#read("/etc/passwd")',
    '$x^2$',
    '*bold* _it_ `raw` = head',
    '#import "@preview/x:1.0.0"',
    '\\u{41} ~ @label <tag>',
    '</text><script>alert(1)</script>',
  ])('stays literal: %s', async (name) => {
    const text = await textOf(await schedule(policyWith({ insured: { name, creditCode: null } })));

    expect(text.replaceAll(' ', '')).toContain(name.replaceAll(' ', ''));
    expect(text).not.toContain('root:');
  });

  it('cannot turn the reading direction round or hide', async () => {
    const text = await textOf(await schedule(policyWith({ insured: { name: '甲\u202E公司\u200B乙\u0007', creditCode: null } })));

    expect(text).toContain('甲[U+202E]公司[U+200B]乙[U+0007]');
  });

  it('is marked where the typeface lacks a character, with a note', async () => {
    const text = await textOf(await schedule(policyWith({ insured: { name: '示例𠮷龘公司', creditCode: null } })));

    expect(text).toContain('示例〓[U+20BB7]龘公司');
    expect(text).toContain('〓 表示本文件字库未收录的字符');
  });
});

describe('a document that takes too long', () => {
  it('is refused, and the next one is made', async () => {
    const order = { kind: 'policy-schedule', language: 'zh', data: samplePolicy } as const;

    await expect(impatient.make(order, { patienceMillis: 0 })).rejects.toMatchObject({ kind: 'unavailable', code: 'document-took-too-long' });
    expect((await impatient.make(order)).length).toBeGreaterThan(10_000);
  });
});

describe('a wording', () => {
  const { clauses, version } = library;
  const terms = [...library.insurers.values()][0]!;
  const data = {
    number: terms.edition,
    version: 1,
    insurer: { name: terms.insurer.zh, creditCode: null },
    wording: renderWording(terms, library),
    issuedAt: '2026-07-01T10:00:00+08:00',
    dataAsOf: '2026-07-01T10:00:00+08:00',
  };

  it.each(['zh', 'en'] as const)('prints every article, the terms in use and the version of its clauses: %s', async (language) => {
    const text = (await textOf(await makeDocument({ kind: 'wording', language, data }))).replace(/\s/g, '');

    expect(clauses.size).toBeGreaterThan(40);
    expect(text).toContain(version.slice(0, 20));
    for (const { articles } of data.wording.sections) for (const article of articles) expect(text).toContain(article.title[language].replace(/\s/g, ''));
    for (const term of data.wording.glossary) expect(text).toContain(term[language].replace(/\s/g, ''));
  });
});

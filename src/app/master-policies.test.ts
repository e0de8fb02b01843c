import { randomUUID } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { until, useSystem, type Json, type Visitor } from '../../test/system.ts';

const system = useSystem({ movable: true });
let holder: Visitor;
let shop: Visitor;
let underwriter: Visitor;
let policy: Json;
let master: Json;

const keyed = (visitor: Visitor, path: string, body: unknown) => visitor.ask('POST', path, body, { 'idempotency-key': randomUUID() });
const enrol = (visitor: Visitor, rows: string[], dryRun = false) =>
  keyed(visitor, `/master-policies/${master.id}/enrolment`, { csv: ['name,credit_code,limit,from', ...rows].join('\n'), dryRun });
const listed = async (visitor: Visitor): Promise<Json[]> => (await visitor.ask('GET', `/master-policies/${master.id}/certificates`)).body.items;
const [codeA, codeB, codeC] = ['91330200MA0000HL2W', '91330200MA0000YYAR', '91330200MA0001AA1Y'];

beforeAll(async () => {
  [holder, shop, underwriter] = (await Promise.all(['advisory', 'shop', 'underwriter'].map((one) => system.enter(`${one}@demo.example`)))) as [
    Visitor,
    Visitor,
    Visitor,
  ];
  const { body } = await until(
    60,
    () => holder.ask('GET', '/policies'),
    ({ body: list }) => list.items.length > 0,
  );
  policy = body.items[0];
  const opened = await keyed(underwriter, `/policies/${policy.id}/master`, { kind: 'park', name: '示例软件园', memberLimitMinor: 50_000_000 });
  expect(opened.status).toBe(201);
  master = opened.body;
}, 120_000);

describe('a master policy', () => {
  it('is opened once by the insurer, and read by insurer and holder only', async () => {
    const again = await keyed(underwriter, `/policies/${policy.id}/master`, { kind: 'park', name: 'x', memberLimitMinor: 1 });
    const byHolder = await keyed(holder, `/policies/${policy.id}/master`, { kind: 'park', name: 'x', memberLimitMinor: 1 });
    const reads = await Promise.all([holder, underwriter, shop].map((one) => one.ask('GET', `/policies/${policy.id}/master`)));

    expect([again.body.code, byHolder.status]).toEqual(['master-already-open', 403]);
    expect(reads.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect(reads[0]!.body.master).toMatchObject({ name: '示例软件园', aggregateMinor: policy.policy.cover.limitMinor, members: 0 });
  });

  it('enrols all of a file or none of it, says ahead what it would do, and does nothing twice', async () => {
    const good = [`甲公司,${codeA},500000,`, `乙公司,${codeB},300000,`];
    const tried = await enrol(holder, good, true);
    const faulty = await enrol(holder, [...good, '丙公司,123,1,']);
    expect([tried.body.issue.length, tried.body.members, faulty.body.code]).toEqual([2, 0, 'enrolment-faulty']);
    expect(faulty.body.errors).toMatchObject([{ path: 'row 4.credit_code', code: 'credit-code-wrong' }]);
    expect(await listed(holder)).toEqual([]);

    const both = await Promise.all([enrol(holder, good), enrol(holder, good)]);

    expect(both.map(({ body }) => body.issue.length).sort()).toEqual([0, 2]);
    expect((await listed(underwriter)).map(({ member, standing }) => [member, standing]).sort()).toEqual([
      ['乙公司', 'future'],
      ['甲公司', 'future'],
    ]);
    expect((await holder.ask('GET', `/policies/${policy.id}/master`)).body.master.members).toBe(2);
    expect([(await enrol(shop, good)).status, (await enrol(underwriter, good)).status]).toEqual([404, 403]);
  });

  it('keeps the name of a member as it is registered, and certifies on one page in both languages', async () => {
    const name = '示例港口物流信息技术（宁波）股份有限公司第一分公司';
    await enrol(holder, [`${name},${codeC},500000,`]);
    const { id } = (await listed(holder)).find(({ member }) => member === name);

    for (const language of ['zh', 'en']) {
      const { bytes } = await holder.ask('GET', `/certificates/${id}/document?language=${language}`);
      const pdf = await getDocumentProxy(new Uint8Array(bytes));
      expect(pdf.numPages).toBe(1);
      expect((await extractText(pdf, { mergePages: true })).text.replaceAll(/\s/g, '')).toContain(name);
    }
  });

  it('pays nobody for a day to come or outside a certificate, and ends a certificate for its holder only', async () => {
    const [one] = (await listed(holder)).sort((a, b) => b.limitMinor - a.limitMinor) as [Json];
    const draw = (visitor: Visitor, on: string) =>
      keyed(visitor, `/certificates/${one.id}/draws`, { event: 'e1', on, lossMinor: 900_000_000, reason: '已定损' });
    const before = policy.policy.boundAt.slice(0, 10);

    expect([(await draw(underwriter, one.from)).body.code, (await draw(underwriter, before)).body.code]).toEqual(['loss-to-come', 'loss-outside-certificate']);
    expect((await holder.ask('GET', `/policies/${policy.id}/master`)).body.master.leftMinor).toBe(policy.policy.cover.limitMinor);
    expect([(await draw(holder, before)).status, (await shop.ask('GET', `/certificates/${one.id}`)).status]).toEqual([403, 404]);
    expect((await keyed(shop, `/certificates/${one.id}/end`, { reason: 'x' })).status).toBe(404);

    expect((await keyed(holder, `/certificates/${one.id}/end`, { reason: '迁出园区' })).body).toEqual({ certificate: one.id, members: 2 });
    expect((await holder.ask('GET', `/certificates/${one.id}`)).body).toMatchObject({
      certificate: { standing: 'never-began', lastDay: null },
      holder: policy.policy.insured.name,
    });
  });

  it('counts a certificate among the limits of its member, who is not told what others hold for it', async () => {
    const [{ id, assessment, quote }] = (await shop.ask('GET', '/submissions')).body.items;
    const before = (await shop.ask('GET', `/quotes/${quote}`)).body.quote;
    const { firm } = (await shop.ask('GET', `/assessments/${assessment}`)).body;
    await enrol(holder, [`${firm.name},${firm.creditCode},500000,`]);

    const again = await keyed(shop, `/submissions/${id}/quotes`, {});
    const together = again.body.quote.reasons.find(({ code }: Json) => code === 'limits-of-firm-together');

    expect(before.reasons.map(({ code }: Json) => code)).not.toContain('limits-of-firm-together');
    expect([again.body.quote.outcome, together.text.en]).toEqual(['referred', expect.not.stringMatching(/\d/)]);
  });

  it('pays for a loss from its day on, and not before', async () => {
    const one = (await listed(holder)).find(({ member }) => member === '乙公司')!;
    const draw = () => keyed(underwriter, `/certificates/${one.id}/draws`, { event: 'e-first-day', on: one.from, lossMinor: 10_000_000, reason: '已定损' });
    const dayBefore = Date.parse(`${one.from}T00:00:00+08:00`) - 60_000 - Date.now();

    await system.aheadBy(dayBefore);
    expect((await draw()).body.code).toBe('loss-to-come');
    await system.aheadBy(dayBefore + 120_000);
    const paid = await draw();

    expect([paid.status, paid.body.draw.drawnMinor > 0]).toEqual([201, true]);
    expect(paid.body.leftMinor).toBe(policy.policy.cover.limitMinor - paid.body.draw.drawnMinor);
  });
});

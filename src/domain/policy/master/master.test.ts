import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableText } from '../../readers/index.ts';
import type { Policy } from '../model.ts';
import {
  aggregateLeft,
  certificateLastDay,
  certificateStanding,
  drawOnAggregate,
  endCertificate,
  enrolMembers,
  openMasterPolicy,
  readEnrolment,
  type MemberCertificate,
  type MemberLoss,
} from '../index.ts';

const now = '2026-11-28T10:00:00+08:00';
const policy = {
  number: 'RL20260000000000000012',
  state: 'bound',
  period: { from: '2026-12-01T00:00:00+08:00', to: '2027-12-01T00:00:00+08:00' },
  cover: { currency: 'CNY', limitMinor: 1_000_000_00, retentionMinor: 10_000_00, lines: [] },
  cancellation: null,
} as unknown as Policy;
const asked = { policy: 'policy_1', kind: 'park' as const, name: '示例软件园', insurer: 'org_i', holder: 'org_h', memberLimitMinor: 500_000_00 };
const master = openMasterPolicy(policy, asked);
const act = { at: now, by: '经办' };
const [codeA, codeB] = ['91330200MA0000HL2W', '91330200MA0000YYAR'];
const list = (...rows: string[]): string => ['name,credit_code,limit,from', ...rows].join('\n');
const enrolled = (text: string, before: MemberCertificate[] = []) => [
  ...before,
  ...enrolMembers(master, 'master_1', readEnrolment(text, master, before, now), act),
];
const [first, second] = enrolled(list(`甲公司,${codeA},"500,000.00",`, `乙公司,${codeB},500000,2027-01-01`)) as [MemberCertificate, MemberCertificate];
const loss = (certificate: string, event: string, lossMinor: number): MemberLoss => ({
  certificate,
  event,
  lossMinor,
  on: '2027-02-01',
  ...{ ...act, at: '2027-03-01T10:00:00+08:00' },
  reason: '已定损',
});

describe('enrolling a list', () => {
  it('issues a certificate for each row, from the day asked for or the first that can be', () => {
    expect([first, second].map(({ member, limitMinor, from, to }) => [member, limitMinor, from, to])).toEqual([
      ['甲公司', 500_000_00, '2026-12-01', '2027-12-01'],
      ['乙公司', 500_000_00, '2027-01-01', '2027-12-01'],
    ]);
    expect(first.number).not.toBe(second.number);
  });

  it('changes nothing when the same list comes again, also once its days lie in the past', () => {
    const text = list(`甲公司,${codeA},500000,`, `乙公司,${codeB},500000,2027-01-01`);
    const again = readEnrolment(text, master, [first, second], '2027-03-01T10:00:00+08:00');

    expect([again.issue, again.faults, again.unchanged.length]).toEqual([[], [], 2]);
  });

  it.each(['\u200B\u200D', '甲\u202E公司', '\u2066甲公司\u2069', '---'])('takes no name that cannot be read as it stands: %j', (name) =>
    expect(readEnrolment(list(`${name},${codeA},500000,`), master, [], now).faults).toMatchObject([{ row: 2, column: 'name', code: 'name-unprintable' }]),
  );

  it('names every fault by row and column, and enrols nobody', () => {
    const text = list(
      `,${codeA},1,`,
      '丙公司,91330200MA0000HL2X,1,',
      `丁公司,${codeB},-5,`,
      `丁公司,${codeB},500000.01,`,
      `戊公司,${codeB},1,2026-11-28`,
      `戊公司,${codeB},1,2027-02-30`,
      `己公司,${codeB},1,`,
      `庚公司,${codeB},1,`,
    );
    const read = readEnrolment(text, master, [], '2026-12-02T10:00:00+08:00');

    expect(read.faults.map(({ row, code }) => [row, code])).toEqual([
      [2, 'name-missing'],
      [3, 'credit-code-wrong'],
      [4, 'limit-unreadable'],
      [5, 'limit-too-high'],
      [6, 'day-outside'],
      [7, 'day-unreadable'],
      [8, 'firm-twice'],
      [9, 'firm-twice'],
    ]);
    expect(() => enrolMembers(master, 'master_1', read, act)).toThrow(expect.objectContaining({ code: 'enrolment-faulty' }));
  });

  it('takes no firm twice under other terms, nor a missing column, nor a day that has begun', () => {
    const codes = (text: string, before: MemberCertificate[] = [], at = now) => readEnrolment(text, master, before, at).faults.map(({ code }) => code);

    expect(codes(list(`甲公司,${codeA},400000,`), [first])).toEqual(['enrolled-otherwise']);
    expect(codes('企业名称,限额\n甲公司,1')).toContain('column-missing');
    for (const heads of ['name,credit_code,limit,from,limit', 'name,credit_code,limit,from,限额'])
      expect(readEnrolment(`${heads}\n甲公司,91330200MA0001AA1Y,1,,2`, master, [], now)).toMatchObject({
        ...{ issue: [], unchanged: [] },
        faults: [{ row: 1, column: 'limit', code: 'column-twice' }],
      });
    expect(codes(list(`甲公司,${codeA},1,2026-12-02`), [], '2026-12-02T10:00:00+08:00')).toEqual(['day-backdated']);
    expect(codes(list(`甲公司,${codeA},400000,`), [endCertificate(first, { ...act, reason: '迁出' })])).toEqual([]);
    expect(codes('企业名称,统一社会信用代码,限额,起保日\n甲公司,' + codeA + ',1,')).toEqual([]);
  });
});

describe('a list in another encoding', () => {
  const head = Buffer.from('name,credit_code,limit,from\n');
  const row = Buffer.concat([Buffer.from('bcd7b9abcbbe', 'hex'), Buffer.from(`,${codeA},1,\n`)]);

  it('is read in GB18030 as in UTF-8 with and without byte order mark, and in nothing else', () => {
    const utf8 = Buffer.from(`甲公司,${codeA},1,\n`);
    const files = [Buffer.concat([head, row]), Buffer.concat([head, utf8]), Buffer.concat([Buffer.from('\uFEFF'), head, utf8])];

    expect(files.map((bytes) => readEnrolment(tableText(bytes)!, master, [], now).issue[0]?.member)).toEqual(['甲公司', '甲公司', '甲公司']);
    expect(tableText(Buffer.concat([head, Buffer.from([0x81, 0xff, 0x0a])]))).toBeNull();
  });

  it('is refused when its letters were lost before it came, with the row', () => {
    const lost = new TextDecoder().decode(Buffer.concat([head, row]));

    expect(() => readEnrolment(lost, master, [], now)).toThrow(
      expect.objectContaining({ code: 'table-undecodable', facts: expect.objectContaining({ row: 2 }) }),
    );
  });
});

describe('the shared aggregate', () => {
  it('pays after the retention, inside the certificate, and inside what all have left', () => {
    const one = drawOnAggregate(master, first, policy, loss('c1', 'e1', 300_000_00));
    const two = drawOnAggregate(one.master, first, policy, loss('c1', 'e2', 300_000_00));
    const three = drawOnAggregate(two.master, second, policy, loss('c2', 'e1', 900_000_00));
    const tight = openMasterPolicy({ ...policy, cover: { ...policy.cover, limitMinor: 600_000_00 } }, asked);
    const filled = drawOnAggregate(drawOnAggregate(tight, first, policy, loss('c1', 'e1', 900_000_00)).master, second, policy, loss('c2', 'e1', 900_000_00));

    expect([one, two, three].map(({ draw }) => [draw.drawnMinor, draw.bound])).toEqual([
      [290_000_00, 'nothing'],
      [210_000_00, 'certificate'],
      [500_000_00, 'certificate'],
    ]);
    expect(aggregateLeft(three.master)).toBe(0);
    expect([filled.draw.drawnMinor, filled.draw.bound, aggregateLeft(filled.master)]).toEqual([100_000_00, 'aggregate', 0]);
  });

  it('is never over-drawn, and no certificate pays more than its limit, whatever is taken in whatever order', () => {
    const losses = fc.array(fc.record({ whose: fc.boolean(), lossMinor: fc.integer({ min: 1, max: 2_000_000_00 }) }), { maxLength: 12 });

    fc.assert(
      fc.property(losses, (all) => {
        // Less than the two certificates together, so that the aggregate can run out first.
        let at = openMasterPolicy({ ...policy, cover: { ...policy.cover, limitMinor: 600_000_00 } }, asked);
        const by = [0, 0];
        all.forEach(({ whose, lossMinor }, i) => {
          const drawn = drawOnAggregate(at, whose ? first : second, policy, loss(whose ? 'c1' : 'c2', `e${i}`, lossMinor));
          at = drawn.master;
          by[whose ? 0 : 1]! += drawn.draw.drawnMinor;
        });
        return aggregateLeft(at) >= 0 && by.every((sum) => sum <= 500_000_00);
      }),
    );
  });

  it('takes one event from a certificate once, and none from a day that it did not insure', () => {
    const { master: after } = drawOnAggregate(master, first, policy, loss('c1', 'e1', 300_000_00));
    const codeOf = (work: () => unknown, code: string) => expect(work).toThrow(expect.objectContaining({ code }));

    codeOf(() => drawOnAggregate(after, first, policy, loss('c1', 'e1', 1)), 'event-drawn-already');
    codeOf(() => drawOnAggregate(master, first, policy, { ...loss('c1', 'e1', 1), on: '2026-11-30' }), 'loss-outside-certificate');
    codeOf(() => drawOnAggregate(master, first, policy, { ...loss('c1', 'e1', 1), on: '2027-03-02' }), 'loss-to-come');
    const gone = { ...first, ended: { at: '2027-01-15T09:00:00+08:00', by: 'x', reason: 'x' } };
    codeOf(() => drawOnAggregate(master, gone, policy, loss('c1', 'e1', 1)), 'loss-outside-certificate');
    const cancelled = { ...policy, state: 'cancelled', cancellation: { ends: '2027-01-10' } } as Policy;
    expect(drawOnAggregate(master, first, cancelled, { ...loss('c1', 'e1', 100_000_00), on: '2027-01-09' }).draw.drawnMinor).toBe(90_000_00);
    codeOf(() => drawOnAggregate(master, first, cancelled, { ...loss('c1', 'e1', 1), on: '2027-01-10' }), 'loss-outside-certificate');
  });
});

describe('a master policy', () => {
  it('is opened from a policy that stands, with no member above what all share', () => {
    expect(() => openMasterPolicy({ ...policy, state: 'cancelled' }, asked)).toThrow(expect.objectContaining({ code: 'master-policy-ended' }));
    expect(() => openMasterPolicy(policy, { ...asked, memberLimitMinor: 1_000_000_01 })).toThrow(
      expect.objectContaining({ code: 'member-limit-exceeds-aggregate' }),
    );
  });

  it('says of a certificate that was ended before its first day, itself or with its policy, that cover never began', () => {
    const ends = (day: string) => ({ ...policy, state: 'cancelled', cancellation: { ends: day } }) as Policy;
    const own = { ...first, state: 'ended', ended: { ...act, at: '2026-11-29T10:00:00+08:00', reason: 'x' } } as MemberCertificate;

    expect(certificateStanding(first, ends('2026-12-01'), '2026-11-30T12:00:00+08:00')).toBe('never-began');
    expect(certificateStanding(own, policy, '2026-12-02T12:00:00+08:00')).toBe('never-began');
    expect([certificateLastDay(first, ends('2026-12-01')), certificateLastDay(own, policy)]).toEqual([null, null]);
    expect([certificateLastDay(first, ends('2026-12-02')), certificateLastDay(first, policy)]).toEqual(['2026-12-01', '2027-11-30']);
  });

  it('says of a certificate whether it insures on a day', () => {
    const at = (day: string) => certificateStanding(first, policy, `${day}T12:00:00+08:00`);

    expect(['2026-11-30', '2026-12-01', '2027-11-30', '2027-12-01'].map(at)).toEqual(['future', 'in-force', 'in-force', 'ended']);
    expect(certificateStanding(first, { ...policy, state: 'cancelled' }, '2027-01-01T12:00:00+08:00')).toBe('never-began');
    const notified = { ...policy, state: 'cancelled', cancellation: { ends: '2027-02-01' } } as Policy;
    expect(['2027-01-31', '2027-02-01'].map((day) => certificateStanding(first, notified, `${day}T12:00:00+08:00`))).toEqual(['in-force', 'ended']);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { until, useSystem, type Json, type Visitor } from '../../test/system.ts';

const system = useSystem();
let owner: Visitor;
let insurer: Visitor;
let stranger: Visitor;
let policy = '';

beforeAll(async () => {
  owner = await system.enter('advisory@demo.example');
  insurer = await system.enter('underwriter@demo.example');
  stranger = await system.enter('shop@demo.example');
  const { body } = await until(
    60,
    () => owner.ask('GET', '/policies'),
    ({ body: list }) => list.items.length > 0,
  );
  policy = body.items[0].id;
}, 90_000);

const saidOf = ({ text }: Json): string => text.sections.flatMap(({ articles }: Json) => articles.map((article: Json) => article.text.zh)).join('\n');

describe('the wording of a bound policy', () => {
  it('is the same for the firm and its insurer, carries the limit that was bought, and is printed in the schedule by its hash', async () => {
    const [{ body: mine }, { body: theirs }, { body: record }] = await Promise.all([
      owner.ask('GET', `/policies/${policy}/wording`),
      insurer.ask('GET', `/policies/${policy}/wording`),
      owner.ask('GET', `/policies/${policy}`),
    ]);

    expect(theirs).toEqual(mine);
    expect(mine.unchanged).toBe(true);
    expect(record.policy.versions.wording).toBe(mine.wording.hash);
    expect(saidOf(mine.wording)).toContain(`人民币 ${(record.policy.cover.limitMinor / 100).toLocaleString('en-US')} 元`);
  });

  it('can be read as of a day since it was bound, not before', async () => {
    const now = await owner.ask('GET', `/policies/${policy}/wording?asOf=${encodeURIComponent('2100-01-01T00:00:00+08:00')}`);
    const before = await owner.ask('GET', `/policies/${policy}/wording?asOf=${encodeURIComponent('2020-01-01T00:00:00+08:00')}`);

    expect(now.status).toBe(200);
    expect(before.body.code).toBe('not-bound-yet');
  });

  it('comes as PDF', async () => {
    const { status, bytes } = await owner.ask('GET', `/policies/${policy}/wording/document?language=en`);

    expect([status, new TextDecoder().decode(bytes.slice(0, 5))]).toEqual([200, '%PDF-']);
  });

  it('pays each published incident no more than the loss and the limit', async () => {
    const { body } = await owner.ask('GET', `/policies/${policy}/replay`);

    expect(body.replays.length).toBeGreaterThanOrEqual(12);
    expect(body.replays.some(({ payment }: Json) => payment.paidMinor > 0)).toBe(true);
    for (const { payment } of body.replays) expect(payment.paidMinor).toBeLessThanOrEqual(payment.lossMinor);
  });

  it('is not there for another firm', async () => {
    const statuses = await Promise.all(['wording', 'wording/document', 'replay'].map((what) => stranger.ask('GET', `/policies/${policy}/${what}`)));

    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawLifecycle } from '../../basics/index.ts';
import type { UnderwritingCase } from './case-file.ts';
import { answerInformation, askForInformation, caseLifecycle, clearHit, closeCase, moveCase, releaseBlocked } from './case-steps.ts';
import { requireProposal, requireStraightThrough } from './settle.ts';

const at = '2026-11-22T10:00:00+08:00';
const signature = { by: 'yu', name: 'Yu', at };
const opened: UnderwritingCase = {
  ...{ submission: 's', applicant: 'firm', firm: '示例企业', assessment: 'a', codeKey: '', nameKey: 'name:x' },
  ...{ queue: 'person', since: '2026-11-01T10:00:00+08:00', screening: null, assignee: null, summary: null },
  ...{ clearance: { state: 'clear', against: null, why: null, since: at, released: null } as never, requests: [], notes: [], proposal: null, decisions: [] },
};

describe('a case', () => {
  it('goes from queue to queue by the table that the README draws, and is never new or blocked again', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

    expect(readme).toContain(drawLifecycle(caseLifecycle));
    expect(moveCase(opened, 'offered', at)).toMatchObject({ queue: 'offered', since: at });
    expect(() => moveCase(opened, 'new', at)).toThrow(/cannot become `new`/);
    expect(() => moveCase({ ...opened, queue: 'blocked' }, 'offered', at)).toThrow(/cannot become `offered`/);
  });

  it('waits for information until the last request is answered, and then for a person', () => {
    const asked = ['one', 'two'].reduce((one, id) => askForInformation(one, { ...signature, id, text: 'more' }), opened);
    const once = answerInformation(asked, 'one', { ...signature, text: 'here' });
    const twice = answerInformation(once, 'two', { ...signature, text: 'here' });

    expect([asked.queue, once.queue, twice.queue]).toEqual(['information', 'information', 'person']);
    expect(() => answerInformation(twice, 'two', { ...signature, text: 'again' })).toThrow(/answered already/);
  });

  it('is closed with its proposal gone, and released only when it was held', () => {
    expect(closeCase({ ...opened, proposal: {} as never }, at)).toMatchObject({ queue: 'closed', proposal: null });
    expect(() => releaseBlocked(opened, { ...signature, ground: 'broker-of-record', reason: 'letter seen' })).toThrow(/not held/);
  });

  it('refuses what is not there: a hit, a proposal, a straight-through offer', () => {
    expect(() => clearHit(opened, { ...signature, key: 'k', reason: 'another' })).toThrow(/no such hit/);
    expect(() => requireProposal(opened, 'hash')).toThrow(/nothing waits/);
    expect(() => requireStraightThrough(opened, 'q', 'q')).toThrow(/no longer what was looked at/);
    expect(() => requireStraightThrough({ ...opened, queue: 'straight-through' }, 'other', 'q')).toThrow(/nothing was released/);
  });
});

import { expect, it } from 'vitest';
import { content, firm, now, outlook } from './assessment-world.ts';
import { assess, type Scan } from '../../src/domain/assessment/index.ts';

const scan: Scan = { format: 'nmap', at: now, assets: ['www.example.com', '10.1.2.3', '192.0.2.9'] };
const questionnaire = content.assessmentBasis.questionnaire.questionnaire.id;
const assessed = (scans: Scan[]) =>
  assess({ firm, scans, outlook, now, findings: [], accepted: new Set(), answers: { questionnaire, answers: {} } }, content.assessmentBasis);
const shares = (scans: Scan[]) => assessed(scans).indicators.map(({ effective, confidence }) => [effective, confidence]);

it('confirms nothing by the silence of a scan that did not end', () => {
  const without = assessed([]);
  const cut = assessed([{ ...scan, incomplete: 'not-finished' }]);

  expect(shares([{ ...scan, incomplete: 'empty-file' }])).toEqual(shares([]));
  expect(shares([scan])).not.toEqual(shares([]));
  expect([cut.score, cut.confidence]).toEqual([without.score, without.confidence]);
});

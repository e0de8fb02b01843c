import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { content } from './assessment-world.ts';
import { appointmentState, buildRepairGuides, guideFor, maskName, requireMaySign, type Appointment } from '../../src/domain/assessment/index.ts';

const { guides } = content.repairGuides;

describe('repair advice', () => {
  it('has words for every platform in every class', () => {
    expect(guides.length).toBeGreaterThanOrEqual(8);
    for (const { advice } of guides) expect(advice.map(({ platform }) => platform).sort()).toEqual(['cloud', 'linux', 'network', 'windows']);
  });

  it('is that of the gravest class that fits', () => {
    const about = (cves: string[], cwes: number[], signals: string[]) => guideFor(content.repairGuides, { cves, cwes }, signals)?.id ?? null;

    expect(about(['CVE-2024-0001'], [], [])).toBe('missing-patch');
    expect(about(['CVE-2024-0001'], [], ['end-of-life-software'])).toBe('end-of-life');
    expect(about([], [79], [])).toBe('web-application');
    expect(about([], [], ['exposed-remote-desktop'])).toBe('remote-access');
    expect(about([], [], [])).toBeNull();
  });

  it('that names no signal of ours, leaves a platform out or ties with another is refused', () => {
    const [one] = guides;
    const { problems } = buildRepairGuides([
      { path: `content/repairs/${one!.id}.yaml`, data: one },
      { path: 'content/repairs/other.yaml', data: { ...one, id: 'other', signals: ['no-such'], advice: one!.advice.slice(1) } },
    ]);

    expect(problems.map(({ at }) => at).sort()).toEqual(['advice', 'precedence', 'signals']);
  });
});

describe('a masked name', () => {
  it('shows the first and the last characters of a long name only', () => {
    expect(['示例云帆电子商务有限公司', '示例公司', '甲', ''].map(maskName)).toEqual(['示例******公司', '示**司', '甲*', '*']);
  });

  it('never is the name, and never shows more than four characters of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 3, maxLength: 60 }).filter((name) => !name.includes('*')),
        (name) => {
          const shown = [...maskName(name)].filter((sign) => sign !== '*');
          expect(shown.length).toBeLessThanOrEqual(4);
          expect(maskName(name)).not.toBe(name);
        },
      ),
      { seed: 20261128 },
    );
  });
});

describe('who may sign', () => {
  const appointment: Appointment = {
    assessment: 'a',
    assessor: 'org',
    assessorName: 'A',
    from: '2026-07-01T00:00:00Z',
    until: '2026-08-01T00:00:00Z',
    revokedAt: null,
    appointedBy: 'owner',
  };
  const signer = { organisation: 'org', kind: 'assessor' as const };
  const report = { owner: 'firm', signed: false };

  it('an appointed assessor, from the first instant of the appointment to the last', () => {
    const at = (now: string): string => appointmentState(appointment, now);

    expect(['2026-06-30T23:59:59Z', '2026-07-01T00:00:00Z', '2026-07-31T23:59:59Z', '2026-08-01T00:00:00Z'].map(at)).toEqual([
      'ended',
      'in-force',
      'in-force',
      'ended',
    ]);
    expect(requireMaySign(report, signer, [appointment], '2026-07-10T00:00:00Z')).toBe(appointment);
    expect(appointmentState({ ...appointment, revokedAt: '2026-07-02T00:00:00Z' }, '2026-07-10T00:00:00Z')).toBe('revoked');
  });

  it.each([
    ['an insurer', report, { organisation: 'org', kind: 'insurer' as const }, 'signer-is-no-assessor'],
    ['an assessor about itself', { ...report, owner: 'org' }, signer, 'signer-is-no-assessor'],
    ['another assessor', report, { organisation: 'other', kind: 'assessor' as const }, 'signer-is-not-appointed'],
    ['anybody twice', { ...report, signed: true }, signer, 'report-signed-already'],
  ])('not %s', (_, which, who, code) => {
    expect(() => requireMaySign(which, who, [appointment], '2026-07-10T00:00:00Z')).toThrow(expect.objectContaining({ code }));
  });
});

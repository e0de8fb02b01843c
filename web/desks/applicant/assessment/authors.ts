import type { IndicatorResult } from '../../../../src/domain/assessment/index.ts';
import type { AssessmentRecord, CountedFinding } from '../../../api/wire.ts';

type Piece = IndicatorResult['evidence'][number];
type Report = AssessmentRecord['reports'][number];

/** The reports that a piece of evidence of a scan rests on; none for every other kind. */
export function reportsBehind({ reference }: Pick<Piece, 'reference'>, { reports }: Pick<AssessmentRecord, 'reports'>): Report[] {
  if (!reference.startsWith('scan:')) return [];
  const formats = reference.slice('scan:'.length).split('+');
  return reports.filter(({ format, state }) => state === 'read' && format !== null && formats.includes(format));
}

/** Who answered or handed in what a piece of evidence rests on, by name; empty where no name was kept. */
export function authorsOf(
  piece: Pick<Piece, 'reference'>,
  record: Pick<AssessmentRecord, 'answers' | 'reports'>,
  finding: CountedFinding | undefined,
): string[] {
  const answered = record.answers.answers[piece.reference]?.by?.name;
  const handedIn = reportsBehind(piece, record).flatMap(({ submittedBy }) => submittedBy ?? []);
  return [...new Set([...(answered === undefined ? [] : [answered]), ...handedIn, ...(finding?.handedInBy ?? [])])];
}

import { Refusal } from '../../basics/index.ts';
import type { CoverResult, FirmHistory, Observation } from './history.ts';

/** Problems told one by one; of the rest only their number. */
const mostTold = 20;

/**
 * Refuses (`histories-unsound`) histories from elsewhere that no study can read right, naming firm and day of each problem: a firm twice, looks out of order or twice
 * a day, a day that is not over yet, a scan after its look, cover that ends before it begins, a name that a spreadsheet would take for a formula.
 */
export function requireSoundHistories(histories: readonly FirmHistory[], today: string): void {
  const seen = new Set<string>();
  const problems = histories.flatMap((history) => {
    const repeated = seen.has(history.firm) ? ['is there twice'] : [];
    seen.add(history.firm);
    return [...repeated, ...nameProblems(history.firm), ...lookProblems(history.observations, today), ...coverProblems(history.covers)].map(
      (problem) => `\`${history.firm.slice(0, 60)}\` ${problem}`,
    );
  });
  if (problems.length === 0) return;
  const told = problems.slice(0, mostTold).join('; ');
  const more = problems.length > mostTold ? `; and ${problems.length - mostTold} more` : '';
  throw new Refusal('bad-input', 'histories-unsound', `nothing was imported: ${told}${more}`, { problems: problems.length });
}

const nameProblems = (firm: string): string[] => (/^[=+\-@\t\r]/.test(firm) ? ['has a name that a spreadsheet would run as a formula'] : []);

function lookProblems(looks: readonly Observation[], today: string): string[] {
  return looks.flatMap(({ on, scannedOn }, at) => [
    ...(at > 0 && on <= looks[at - 1]!.on ? [`has the look of ${on} out of order or twice`] : []),
    ...(on > today ? [`has a look in the future, on ${on}`] : []),
    ...(scannedOn !== null && scannedOn > on ? [`has a scan of ${scannedOn} after its look of ${on}`] : []),
  ]);
}

function coverProblems(covers: readonly CoverResult[]): string[] {
  return covers.flatMap(({ from, to }, at) => [
    ...(to <= from ? [`has cover from ${from} that ends on ${to}`] : []),
    ...(at > 0 && from < covers[at - 1]!.from ? [`has cover from ${from} out of order`] : []),
  ]);
}

/** Solves the symmetric positive definite system `matrix · x = right` by Gaussian elimination with pivoting; null when it is singular. */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const scale = matrix.reduce((most, row) => row.reduce((max, value) => Math.max(max, Math.abs(value)), most), 1e-300);
  for (let k = 0; k < rows.length; k += 1) {
    const pivot = pivotRow(rows, k);
    if (Math.abs(rows[pivot]![k]!) < 1e-13 * scale) return null;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < rows.length; i += 1) eliminate(rows[i]!, rows[k]!, k);
  }
  return backSubstitute(rows);
}

function pivotRow(rows: readonly (readonly number[])[], k: number): number {
  let best = k;
  for (let i = k + 1; i < rows.length; i += 1) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
  return best;
}

function eliminate(row: number[], pivot: readonly number[], k: number): void {
  const factor = row[k]! / pivot[k]!;
  for (let j = k; j < row.length; j += 1) row[j] = row[j]! - factor * pivot[j]!;
}

function backSubstitute(rows: readonly (readonly number[])[]): number[] {
  const n = rows.length;
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = rows[i]![n]!;
    for (let j = i + 1; j < n; j += 1) sum -= rows[i]![j]! * x[j]!;
    x[i] = sum / rows[i]![i]!;
  }
  return x;
}

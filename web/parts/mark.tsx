const radius = 12;
const around = 2 * Math.PI * radius;

/** The ring with a gap. `closed` (0 to 1) is how much of the loop lies behind the firm; the gap never closes before the last step. */
export function Mark({ size = 32, closed = 0.86 }: { size?: number; closed?: number }) {
  const drawn = Math.max(0.04, Math.min(1, closed)) * around;
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r={radius} fill="none" stroke="var(--line)" strokeWidth="4.5" />
      <circle
        cx="16"
        cy="16"
        r={radius}
        fill="none"
        stroke="var(--pine)"
        strokeWidth="4.5"
        strokeLinecap="round"
        strokeDasharray={`${drawn} ${around - drawn}`}
        transform="rotate(-64 16 16)"
      />
      <circle cx="16" cy="4" r="2.6" fill="var(--sand)" />
    </svg>
  );
}

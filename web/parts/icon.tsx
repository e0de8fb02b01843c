import type { ReactNode } from 'react';

const drawings = {
  check: <path d="M4 10.5l4 4 8-9" />,
  more: <path d="M4.5 10h.1M10 10h.1M15.5 10h.1" />,
  close: <path d="M5 5l10 10M15 5L5 15" />,
  plus: <path d="M10 4v12M4 10h12" />,
  minus: <path d="M4 10h12" />,
  right: <path d="M8 5l5 5-5 5" />,
  left: <path d="M12 5l-5 5 5 5" />,
  down: <path d="M5 8l5 5 5-5" />,
  search: <path d="M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4" />,
  help: <path d="M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.9 8a2.2 2.2 0 1 1 3.2 2c-.8.4-1.1.8-1.1 1.6M10 14.2v.1" />,
  info: <path d="M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6v.1" />,
  alert: <path d="M10 3l8 14H2zM10 8v4M10 14.4v.1" />,
  stop: <path d="M7 2.5h6l4.5 4.5v6L13 17.5H7L2.5 13V7zM7.5 7.5l5 5M12.5 7.5l-5 5" />,
  sun: (
    <path d="M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.400 1.400M14.600 14.600L16 16M16 4l-1.400 1.400M5.400 14.600L4 16" />
  ),
  moon: <path d="M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z" />,
  person: <path d="M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17.5c.6-3.600 3-5.5 6.5-5.5s5.900 1.900 6.5 5.5" />,
  home: <path d="M3 9.5L10 3.5l7 6M5 8.5V16.5h3.5v-4.5h3v4.5H15V8.5" />,
  gauge: <path d="M2.5 14a7.5 7.5 0 0 1 15 0M10 14l3.5-5" />,
  quote: <path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5" />,
  shield: <path d="M10 2.5l6.5 2.300v4.700c0 4-2.700 6.800-6.5 8-3.800-1.200-6.5-4-6.5-8V4.800zM7 10l2.200 2.200L13 8" />,
  inbox: <path d="M3 11l2.5-7h9L17 11v5.5H3zM3 11h4.5c0 1.5 1 2.5 2.5 2.5s2.5-1 2.5-2.5H17" />,
  journal: <path d="M5 2.5h11v15H5zM5 2.5v15M8.5 6.5h4.5M8.5 9.5h4.5M3 6h2M3 10h2M3 14h2" />,
  upload: <path d="M10 13V3.5M6 7l4-4 4 4M3.5 13v3.5h13V13" />,
  download: <path d="M10 3.5V13M6 9.5l4 4 4-4M3.5 14v2.5h13V14" />,
  file: <path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5" />,
  lock: <path d="M4.5 9h11v8.5h-11zM6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" />,
  clock: <path d="M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.5V10l3 2" />,
  print: <path d="M5.5 8V3h9v5M5.5 14H3V8h14v6h-2.5M5.5 11.5h9v6h-9z" />,
  table: <path d="M3 4h14v12H3zM3 8h14M3 12h14M8 8v8" />,
  chart: <path d="M3 3.5V16.5h14M6.5 13V9.5M10 13V6M13.5 13v-2" />,
  bell: <path d="M5 14V9a5 5 0 0 1 10 0v5l1.500 1.500h-13zM8.500 17.500h3M10 2.500V4" />,
  scale: <path d="M10 3v14M6 17h8M4 5.500h12M4 5.500L1.500 11h5zM16 5.500L13.500 11h5z" />,
  leave: <path d="M12 3H4v14h8M9 10h8M14 7l3 3-3 3" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

/** A line drawing beside words; the words carry the meaning, so it is hidden from screen readers. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  );
}

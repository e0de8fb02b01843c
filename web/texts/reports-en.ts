import type { reports as zh } from './reports-zh.ts';

/** Texts of exports and assessment reports in English. */
export const reports: typeof zh = {
  export: 'Export',
  exportAll: 'Export all',
  exportAs: '{{caption}}: export as {{format}}',
  csv: 'CSV',
  xlsx: 'Excel',
  exporting: 'Making the file…',
};

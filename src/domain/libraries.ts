/**
 * The npm packages that the domain may use: pure, browser-safe, without input or output of their own. Everything else stays out of `src/domain`;
 * a new one is added here on purpose, with the reason in the commit.
 */
export const libraries = ['zod', '@noble/hashes', 'canonicalize', 'fft.js', 'saxes', 'csv-parse', 'ae-cvss-calculator', '@bufbuild/cel'] as const;

/**
 * The first of two walls between organisations: every query of the store says itself whose rows it means, as if there were no row-level
 * security behind it. `$1` is always the organisation and `$2` the application's clock.
 */
export const ownOnly = 'org_id = $1';

/** Rows that belong to the organisation, or about a record that was granted to it and still is. `about` is the column that holds the record's id. */
export const ownOrGranted = (about: string): string => `(org_id = $1 or (org_id, ${about}) in (${grantedPairs}))`;

/** Pairs of owner and record that are granted to the organisation now. */
export const grantedPairs =
  'select g.org_id, g.record from app.grants g where g.grantee = $1 and g.valid_from <= $2::timestamptz and (g.valid_until is null or g.valid_until > $2::timestamptz)';

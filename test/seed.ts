import fc from 'fast-check';

/** Property tests draw the same values in every run; PROPERTY_SEED=7 draws others. */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });

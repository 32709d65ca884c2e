import fc from 'fast-check'

/** Property tests try the same histories in every run; `SEED` tries others. */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20261123) })

import fc from 'fast-check'

/**
 * Tests of properties ask the same questions in each run, so that a run fails for what changed and can be repeated.
 * `PROPERTY_SEED=<integer>` asks others.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_001) })

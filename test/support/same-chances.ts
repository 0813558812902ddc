// Properties are tried on the same cases in every run of the tests, so that a change is judged by what it changes; their long
// forms (`npm run prove`) take others each time. A failure prints its seed: PARLEY_SEED tries it again.
import fc from 'fast-check'

const { PARLEY_SEED, PARLEY_RUNS } = process.env
if (PARLEY_SEED !== undefined) fc.configureGlobal({ seed: Number(PARLEY_SEED) })
else if (PARLEY_RUNS === undefined) fc.configureGlobal({ seed: 20_261_126 })

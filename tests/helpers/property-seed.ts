// Property tests try the same inputs at every run, so that a failure is there again when it is looked for. With
// FC_SEED=random they try others; with FC_SEED=N, those of that run.

import * as fc from 'fast-check'

const given = process.env['FC_SEED']

if (given !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(given ?? 20_250_305) })

// What compiles as a migration, and what does not: checked by `tsc --noEmit`.

import { migration } from '../../src/index.js'

const up = async (): Promise<void> => undefined
const down = up

export const migrations = [
  migration({ up, down }),
  migration({ up, irreversible: 'the old names are gone' }),
  migration({ up, down, transaction: false, timeout: '5m', lockTimeout: '2s', connection: 'reporting' }),
  migration({ up, down, shouldRun: async ({ schema }) => await schema.hasTable('users') }),
  // @ts-expect-error neither a way back nor the reason why there is none
  migration({ up }),
  // @ts-expect-error both
  migration({ up, down, irreversible: 'no' }),
  // @ts-expect-error a mistyped option
  migration({ up, down, transactions: false }),
  // @ts-expect-error no length of time
  migration({ up, down, timeout: '5 minutes' }),
  // @ts-expect-error nothing to do
  migration({ down }),
]

// Rebuilds a table, statement by statement, and stops dead after one of them: to be killed there. Arguments: the file,
// and the number of statements to run. With more than there are, it stops after the commit.

import { writeSync } from 'node:fs'
import { compile } from '../../src/dialects/sqlite/compile/compile.js'
import { openSession } from '../../src/dialects/sqlite/session/session.js'
import { describeChange } from './rebuilt-table.js'

const [database = '', stopAfter = '0'] = process.argv.slice(2)
const session = await openSession({ database, foreignKeys: true, lockTimeoutMs: 1000 })
// A small cache, so that half-made pages reach the file while the transaction is open.
await session.setting('cache_size', 5)

let count = 0
function stopWhenReached(): void {
  if (count !== Number(stopAfter)) return
  writeSync(1, 'reached\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

await session.transaction(async () => {
  const statements = await compile(describeChange(), session)
  stopWhenReached()
  await session.apply(statements, () => () => {
    count += 1
    stopWhenReached()
  })
})
writeSync(1, 'committed\n')
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)

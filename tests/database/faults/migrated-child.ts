// Migrates a project and dies at a given call of its session: to be run as a process of its own. Arguments: the project's
// folder, `up` or `down`, the number of the call, and whether to die before it, while the server is at it, or after it.
// Prints how many calls there were when it comes to its end. The database is told by the environment.

import { writeSync } from 'node:fs'
import { ExplainedSession } from '../../../src/connection/explained-session.js'
import { Tidemark } from '../../../src/index.js'

const [root = '', direction = 'up', dieAt = '0', phase = 'before'] = process.argv.slice(2)
let calls = 0

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal comes at once; nothing may happen until it does.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

async function counted<T>(call: () => Promise<T>): Promise<T> {
  calls += 1
  const isLast = calls === Number(dieAt)
  if (isLast && phase === 'before') die()
  const answer = call()
  if (isLast && phase === 'during') setImmediate(die)
  const result = await answer
  if (isLast) die()
  return result
}

// Each is called on the session that it was called on.
// oxlint-disable-next-line typescript/unbound-method
const { query, execute, apply, transaction } = ExplainedSession.prototype
ExplainedSession.prototype.query = function (this: ExplainedSession, ...given) {
  return counted(() => query.apply(this, given))
}
ExplainedSession.prototype.execute = function (this: ExplainedSession, ...given) {
  return counted(() => execute.apply(this, given))
}
ExplainedSession.prototype.apply = function (this: ExplainedSession, statements, observe) {
  return counted(() => apply.call(this, statements, observe))
}
/** Its end is a call of its own: the commit. */
ExplainedSession.prototype.transaction = async function <T>(this: ExplainedSession, work: () => Promise<T>) {
  let commit = 0
  // Proof: it gives what `work` gives.
  const result = (await transaction.call(this, async () => {
    const done = await work()
    calls += 1
    commit = calls
    if (commit === Number(dieAt) && phase === 'before') die()
    if (commit === Number(dieAt) && phase === 'during') setImmediate(die)
    return done
  })) as T
  if (commit === Number(dieAt)) die()
  return result
}

const tidemark = new Tidemark({ root, variables: process.env })
await (direction === 'up' ? tidemark.migrate() : tidemark.reset())
await tidemark.close()
writeSync(1, String(calls))

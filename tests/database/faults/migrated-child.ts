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
ExplainedSession.prototype.transaction = function <T>(this: ExplainedSession, work: () => Promise<T>) {
  let commit: (() => Promise<T>) | undefined
  const whole = transaction.call(this, async () => {
    const result = await work()
    calls += 1
    if (calls === Number(dieAt)) {
      if (phase === 'before') die()
      if (phase === 'during') setImmediate(die)
    }
    return result
  }) as Promise<T>
  commit = () => whole
  return commit().then((result) => {
    if (calls === Number(dieAt)) die()
    return result
  })
}

const tidemark = new Tidemark({ root, variables: process.env })
await (direction === 'up' ? tidemark.migrate() : tidemark.reset())
await tidemark.close()
writeSync(1, String(calls))

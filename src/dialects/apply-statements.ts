// Runs the statements of one change in order, and puts settings back even where one of them fails.

import type { Statement, StatementObserver } from './dialect.js'

export async function applyStatements(
  statements: readonly Statement[],
  run: (statement: Statement) => Promise<unknown>,
  observe?: StatementObserver,
): Promise<void> {
  const awaited = [...statements]
  try {
    for (let next = awaited[0]; next !== undefined; next = awaited[0]) {
      const ended = observe?.(next)
      await run(next)
      ended?.()
      awaited.shift()
    }
  } catch (error) {
    const restoring = awaited.filter(({ restoresSetting }) => restoresSetting === true)
    // The error that led here is told, not that of an attempt to tidy up after it.
    for (const statement of restoring) await run(statement).catch(() => undefined)
    throw error
  }
}

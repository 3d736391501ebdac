// What a migration's own SQL must not do to its session on MySQL and MariaDB.

import { codeOf } from './immediate.js'

/** @returns a sentence; undefined for nearly every statement */
export function harmOf(sql: string): string | undefined {
  if (!/autocommit|release_all_locks/i.test(sql)) return undefined
  const words = codeOf(sql).map((word) => word.toUpperCase())
  if (words.some((word, index) => word === 'RELEASE_ALL_LOCKS' && words[index + 1] === '('))
    return 'RELEASE_ALL_LOCKS() gives away the lock by which the session of a migrator is known'
  return turnsOffAutocommit(words)
    ? 'Without autocommit nothing commits what Tidemark writes of the migration'
    : undefined
}

/** A value that is not plainly `on` may be anything. */
function turnsOffAutocommit([first, ...words]: readonly string[]): boolean {
  if (first !== 'SET') return false
  let isOfServer = false
  for (const assignment of assignmentsOf(words)) {
    const [, scope, name, value = ''] =
      /^(?:@ ?@ )?(GLOBAL |PERSIST |PERSIST_ONLY |SESSION |LOCAL )?(?:\. )?`?(\w+)`? :? ?= (.*)$/.exec(
        assignment,
      ) ?? []
    // A scope is that of what comes after it too.
    if (scope !== undefined) isOfServer = !/^(?:SESSION|LOCAL) $/.test(scope)
    else if (assignment.startsWith('@')) isOfServer = false
    if (name === 'AUTOCOMMIT' && !isOfServer && !/^(?:1|TRUE|(['"]?)ON\1)$/.test(value)) return true
  }
  return false
}

function assignmentsOf(words: readonly string[]): readonly string[] {
  const assignments: string[][] = [[]]
  let depth = 0
  for (const word of words) {
    if (word === '(') depth += 1
    if (word === ')') depth -= 1
    if (word === ',' && depth === 0) assignments.push([])
    else assignments.at(-1)?.push(word)
  }
  return assignments.map((tokens) => tokens.join(' '))
}

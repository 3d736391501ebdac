import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lint } from '../../../src/lint/lint.js'
import { rules } from '../../../src/lint/rules/index.js'
import type { MigrationState, MigrationStatus } from '../../../src/migrations/report.js'

/** A migration that is pending, unless more is said of it. */
function migration(name: string, state: MigrationState = 'pending', isOutOfOrder = false): MigrationStatus {
  const file = state === 'missing' ? undefined : `database/migrations/${name}.sql`
  const unknown = { batch: undefined, finishedAt: undefined, durationMs: undefined, error: undefined }
  return { name, state, file, isOutOfOrder, ...unknown }
}

/** What is found: `rule of migration`. */
function found(migrations: readonly MigrationStatus[], all = false): string[] {
  return lint(migrations, { all }).findings.map(({ rule, migration }) => `${rule} of ${migration}`)
}

test('each rule has a file of its name, and is listed', () => {
  const files = readdirSync(new URL('../../../src/lint/rules', import.meta.url))

  expect(rules.map(({ id }) => `${id}.ts`).sort()).toEqual(files.filter((file) => file !== 'index.ts').sort())
})

test('nothing is said of migrations that follow one another', () => {
  const migrations = [
    migration('001_a', 'applied'),
    migration('002_b', 'failed'),
    migration('003_b'),
    migration('2025_01_01_000000_c'),
    migration('2025_01_01_000001_c'),
  ]

  expect(lint(migrations, { all: true })).toEqual({
    findings: [],
    counts: { error: 0, warn: 0, notice: 0 },
    judged: 5,
    ledgerUnread: undefined,
  })
})

test('duplicate-timestamp: names the others, and has the one renamed that no database has', () => {
  const migrations = [
    migration('7_articles'),
    migration('007_authors', 'applied'),
    migration('007_tags'),
    migration('008_tags'),
  ]

  expect(lint(migrations, {}).findings).toEqual([
    {
      rule: 'duplicate-timestamp',
      severity: 'notice',
      migration: '007_tags',
      file: 'database/migrations/007_tags.sql',
      message: '7_articles, 007_authors have number 7 too; they run in the order of their whole names.',
      remedy: 'Rename 007_tags if no database has it yet.',
    },
  ])
  expect(found([migration('2025_01_01_000000_a'), migration('2025_01_01_000000_b')])).toEqual([
    'duplicate-timestamp of 2025_01_01_000000_b',
  ])
})

test('duplicate-timestamp: of applied ones only when all are judged', () => {
  const migrations = [migration('001_a', 'applied'), migration('001_b', 'applied')]

  expect(found(migrations)).toEqual([])
  expect(found(migrations, true)).toEqual(['duplicate-timestamp of 001_b'])
})

test('what became of applied migrations is said whether or not all are judged', () => {
  const migrations = [migration('001_a', 'changed'), migration('002_b', 'missing')]

  expect(found(migrations)).toEqual([
    'executed-migration-modified of 001_a',
    'executed-migration-missing of 002_b',
  ])
  expect(lint(migrations, {})).toMatchObject({ counts: { error: 2, warn: 0, notice: 0 }, judged: 0 })
})

test('out-of-order-migration: one that is new and comes too early', () => {
  const migrations = [migration('001_a', 'pending', true), migration('002_b', 'applied')]

  expect(found(migrations)).toEqual(['out-of-order-migration of 001_a'])
  expect(lint(migrations, {}).counts).toEqual({ error: 0, warn: 1, notice: 0 })
})

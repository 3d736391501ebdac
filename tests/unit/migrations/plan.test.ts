import { describe, expect, test } from 'vitest'
import type { MigrationFile } from '../../../src/migrations/files.js'
import { Journal, statementQuestion } from '../../../src/migrations/journal.js'
import type { LedgerRow } from '../../../src/migrations/ledger-row.js'
import { type Standing, planDown, planUp } from '../../../src/migrations/plan.js'
import type { Direction } from '../../../src/migrations/report.js'

function fileOf(name: string): MigrationFile {
  return { name, path: `/p/${name}.ts`, down: undefined, format: 'module', display: name, text: '' }
}

function rowOf(name: string, row: Partial<LedgerRow>): LedgerRow {
  return {
    id: 1,
    name,
    batch: 1,
    checksum: 'f00d',
    fingerprint: '',
    state: 'applied',
    startedAt: new Date(0),
    finishedAt: undefined,
    durationMs: undefined,
    position: 0,
    error: undefined,
    appliedBy: undefined,
    toolVersion: undefined,
    statements: undefined,
    journal: undefined,
    ...row,
  }
}

function standing(name: string, row?: Partial<LedgerRow>, hasChanged = false): Standing {
  return {
    name,
    file: fileOf(name),
    row: row === undefined ? undefined : rowOf(name, row),
    hasChanged,
    isPassed: false,
  }
}

function journalText(direction: Direction): string {
  const journal = new Journal('001_a', { direction, checksum: 'f00d' })
  journal.add(statementQuestion({ sql: 'create table a (n integer)', bindings: [] }), { result: null })
  return journal.text
}

const halfUp = { state: 'failed', position: 1, journal: journalText('up') } as const

describe('the plan up', () => {
  test('goes on with a migration that stopped half-way, in its batch, and then with what is pending', () => {
    const plan = planUp([standing('001_a', halfUp), standing('002_b')], {})

    expect(plan.map(({ file, batch }) => [file.name, batch])).toEqual([
      ['001_a', 1],
      ['002_b', 2],
    ])
  })

  test('tries again what failed without effect, in a batch that it does not count', () => {
    const plan = planUp([standing('001_a', { state: 'failed' })], {})

    expect(plan.map(({ file, batch }) => [file.name, batch])).toEqual([['001_a', 1]])
  })

  test.each<readonly [string, Standing, string]>([
    ['whose file has changed', standing('001_a', halfUp, true), 'TM_HALF_APPLIED_CHANGED'],
    [
      'whose file is gone',
      { name: '001_a', file: undefined, row: rowOf('001_a', halfUp), hasChanged: false, isPassed: false },
      'TM_HALF_APPLIED_CHANGED',
    ],
    [
      'that was being rolled back',
      standing('001_a', { state: 'running', position: 1, journal: journalText('down') }),
      'TM_HALF_ROLLED_BACK',
    ],
    ['without a journal', standing('001_a', { state: 'running' }), 'TM_HALF_APPLIED'],
    [
      'without a journal, that failed after an effect',
      standing('001_a', { state: 'failed', position: 2, error: 'no' }),
      'TM_HALF_APPLIED',
    ],
  ])('refuses a migration that stopped half-way %s', (_, half, code) => {
    expect(() => planUp([half, standing('002_b')], {})).toThrow(
      expect.objectContaining({ code, kind: 'undecided' }),
    )
  })

  test('names what stands of a migration whose file has changed', () => {
    expect(() => planUp([standing('001_a', halfUp, true)], {})).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('1 statement of it stands: 1. create table a (n integer).'),
      }),
    )
  })
})

describe('the plan down', () => {
  test('takes what stopped half-way along, in either direction', () => {
    const plan = planDown(
      [
        standing('001_a', { id: 1 }),
        standing('002_b', { ...halfUp, id: 2 }),
        standing('003_c', { id: 3, state: 'running', position: 1, journal: journalText('down') }),
        standing('004_d', { id: 4, state: 'failed' }),
      ],
      { all: true },
    )

    expect(plan.map(({ row }) => row.name)).toEqual(['003_c', '002_b', '001_a'])
  })
})

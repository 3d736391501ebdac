import { describe, expect, test } from 'vitest'
import {
  type Answer,
  Journal,
  type Question,
  boundaryQuestion,
  questionOf,
  statementQuestion,
} from '../../../src/migrations/journal.js'

const head = { direction: 'up', checksum: 'f00d' } as const
const done: Answer = { result: { changes: 1, lastInsertId: 7n } }
const failed: Answer = {
  failure: { code: 'TM_SQL_SYNTAX', kind: 'failed', message: 'no', remedy: 'mend it', place: {} },
}

const statement = (sql: string): Question => statementQuestion({ sql, bindings: [] })
const read = (sql: string): Question => questionOf('read', sql, [])

function journalOf(...entries: readonly (readonly [Question, Answer])[]): Journal {
  const journal = new Journal('001_a', head)
  for (const [question, answer] of entries) journal.add(question, answer)
  return journal
}

/** As the next run reads it. */
function readAgain(journal: Journal): Journal {
  const again = Journal.read('001_a', journal.text)
  if (again === undefined) throw new Error('it is none')
  return again
}

describe('a journal that is read again', () => {
  test('answers what was answered, and ends where it ended', () => {
    const journal = readAgain(journalOf([read('q'), { result: [{ n: 1n }] }], [statement('s'), done]))

    expect(journal.head).toEqual(head)
    expect(journal.isReplaying).toBe(true)
    expect(journal.replay(read('q'))).toMatchObject({ result: [{ n: 1n }] })
    expect(journal.replay(statement('s'))).toMatchObject(done)
    expect(journal.isReplaying).toBe(false)
    expect(journal.replay(statement('t'))).toBeUndefined()
  })

  test('refuses another question, and names both and what stands', () => {
    const journal = readAgain(journalOf([statement('first'), done], [statement('second'), done]))
    journal.replay(statement('first'))

    expect(() => journal.replay(statement('other'))).toThrow(
      expect.objectContaining({
        code: 'TM_JOURNAL_DIVERGED',
        kind: 'undecided',
        details: {
          name: '001_a',
          direction: 'up',
          expected: 'second',
          asked: 'other',
          standing: ['first', 'second'],
        },
      }),
    )
  })

  test.each([
    ['another value', statementQuestion({ sql: 's', bindings: [2] })],
    ['a value of another type', statementQuestion({ sql: 's', bindings: ['1'] })],
    ['another kind', questionOf('read', 's', [1])],
  ])('tells a question from one with %s', (_, other) => {
    const journal = readAgain(journalOf([statementQuestion({ sql: 's', bindings: [1] }), done]))

    expect(() => journal.replay(other)).toThrow(expect.objectContaining({ code: 'TM_JOURNAL_DIVERGED' }))
  })

  test('is none where the text is empty', () => {
    expect(Journal.read('001_a', '')).toBeUndefined()
  })
})

describe('a statement that was begun', () => {
  const begun: Answer = { begun: { evidence: 'before' } }

  test('counts, and does not stand', () => {
    const journal = journalOf([statement('s'), begun])

    expect(journal.position).toBe(1)
    expect(journal.standing).toEqual([])
    expect(journal.begun?.text).toBe('s')
  })

  test('is replaced by how it ended, in memory and in the text that was appended', () => {
    const journal = journalOf([statement('s'), begun])
    const first = journal.text
    journal.markKept()
    journal.add(statement('s'), done)

    const again = Journal.read('001_a', first + journal.unkept())

    expect(again?.position).toBe(1)
    expect(again?.standing).toEqual(['s'])
    expect(journal.position).toBe(1)
  })

  test('that ends twice is one all the same, because it was begun again', () => {
    const journal = journalOf([statement('s'), begun])
    const first = journal.text
    journal.markKept()
    journal.forgetBegun()
    journal.add(statement('s'), begun)
    const second = journal.unkept()
    journal.markKept()
    journal.add(statement('s'), done)

    expect(Journal.read('001_a', first + second + journal.unkept())?.standing).toEqual(['s'])
  })
})

describe('what counts as an effect', () => {
  test('is no failure, no read, and nothing of a transaction that was rolled back', () => {
    const journal = journalOf([statement('a'), done], [statement('b'), failed], [read('q'), done])
    const before = journal.mark()
    journal.addBoundary('begin')
    journal.add(statement('c'), done)
    journal.rolledBack(before)

    expect(journal.position).toBe(1)
    expect(journal.standing).toEqual(['a'])
  })

  test('of a transaction is what no inner one took back', () => {
    const journal = journalOf()
    journal.addBoundary('begin')
    journal.add(statement('a'), done)
    const before = journal.mark()
    journal.addBoundary('begin')
    journal.add(statement('b'), done)
    journal.rolledBack(before)
    journal.add(statement('c'), done)
    journal.addBoundary('commit')

    expect(readAgain(journal).standing).toEqual(['a', 'c'])
  })

  test('of an inner transaction goes with the outer one', () => {
    const journal = journalOf()
    const before = journal.mark()
    journal.addBoundary('begin')
    journal.addBoundary('begin')
    journal.add(statement('a'), done)
    journal.addBoundary('commit')
    journal.rolledBack(before)

    expect(readAgain(journal).standing).toEqual([])
  })

  test('of a transaction whose commit failed is nothing', () => {
    const journal = journalOf()
    const before = journal.mark()
    journal.addBoundary('begin')
    journal.add(statement('a'), done)
    journal.addBoundary('commit')
    journal.markKept()
    journal.rolledBack(before)

    expect(journal.standing).toEqual([])
    expect(journal.unkept().trimEnd().split('\n')).toHaveLength(3)
  })
})

describe('a journal up to its last effect', () => {
  test('leaves out what failed and what was read after it', () => {
    const journal = journalOf(
      [read('q'), done],
      [statement('a'), done],
      [read('r'), done],
      [statement('b'), failed],
    ).untilLastEffect()

    journal.replay(read('q'))
    journal.replay(statement('a'))
    expect(journal.isReplaying).toBe(false)
  })

  test('ends behind a transaction, never inside one', () => {
    const journal = journalOf()
    journal.addBoundary('begin')
    journal.add(statement('a'), done)
    journal.addBoundary('commit')
    const before = journal.mark()
    journal.addBoundary('begin')
    journal.add(statement('b'), done)
    journal.rolledBack(before)

    const kept = journal.untilLastEffect()

    kept.replay(boundaryQuestion('begin'))
    kept.replay(statement('a'))
    kept.replay(boundaryQuestion('commit'))
    expect(kept.isReplaying).toBe(false)
  })

  test('is empty where nothing took effect', () => {
    expect(journalOf([read('q'), done], [statement('a'), failed]).untilLastEffect().next).toBeUndefined()
  })
})

describe('what somebody says of a statement that was begun', () => {
  const begun: Answer = { begun: { evidence: undefined } }

  test.each([
    [true, ['a']],
    [false, []],
  ])('decides whether it stands: %s', (isDone, standing) => {
    const journal = readAgain(journalOf([statement('a'), begun]))

    journal.settleBegun(isDone)

    expect(readAgain(journal).standing).toEqual(standing)
    expect(journal.begun).toBeUndefined()
  })
})

test('keeps the beginning of a long statement, and tells it from another with the same', () => {
  const insert = (value: string): Question =>
    statement(`insert into t values ('${'x'.repeat(1_000_000)}${value}')`)
  const journal = readAgain(journalOf([insert('1'), done]))

  expect(journal.text.length).toBeLessThan(3000)
  expect(() => journal.replay(insert('2'))).toThrow(expect.objectContaining({ code: 'TM_JOURNAL_DIVERGED' }))
  expect(journal.replay(insert('1'))).toMatchObject(done)
})

test('takes as long for each entry of a long journal as for one of a short one', () => {
  const short = timeToAdd(5_000)
  const long = timeToAdd(50_000)

  expect(long).toBeLessThan(Math.max(short, 20) * 40)
})

function timeToAdd(count: number): number {
  const journal = new Journal('001_a', head)
  const question = statement('insert into t values (1)')
  const startedAt = performance.now()
  for (let added = 1; added <= count; added += 1) {
    journal.add(question, done)
    if (journal.position !== added) throw new Error(`${added} were added, and ${journal.position} counted`)
    journal.markKept()
  }
  return performance.now() - startedAt
}

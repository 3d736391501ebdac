import { describe, expect, test } from 'vitest'
import { openAt } from './sessions.js'

describe('a transaction', () => {
  test('keeps what it did, and is rolled back by what it throws', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')

    await session.transaction(() => session.execute('insert into t values (1)'))
    const failure = session.transaction(async () => {
      await session.execute('insert into t values (2)')
      throw new Error('no')
    })

    await expect(failure).rejects.toThrow('no')
    expect(await session.query('select n from t')).toEqual([{ n: 1 }])
    expect(session.inTransaction).toBe(false)
  })

  test('goes on after an inner one has failed', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer unique)')

    await session.transaction(async () => {
      await session.execute('insert into t values (1)')
      const inner = session.transaction(async () => {
        await session.execute('insert into t values (2)')
        await session.execute('insert into t values (1)')
      })
      await expect(inner).rejects.toMatchObject({ code: '23505' })
      await session.execute('insert into t values (3)')
    })

    expect(await session.query('select n from t order by n')).toEqual([{ n: 1 }, { n: 3 }])
  })

  test('that an error has spoiled is not taken for committed', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer unique)')

    const failure = session.transaction(async () => {
      await session.execute('insert into t values (1)')
      await session.execute('insert into t values (1)').catch(() => undefined)
    })

    await expect(failure).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    expect(session.inTransaction).toBe(false)
    expect(await session.query('select n from t')).toEqual([])
  })

  test('that a statement has ended takes no more statements', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')

    const failure = session.transaction(async () => {
      await session.execute('commit')
      await session.execute('insert into t values (1)')
    })

    await expect(failure).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    expect(await session.query('select n from t')).toEqual([])
  })

  test('that ends before an inner one is rolled back with it', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))

    const outer = session.transaction(() => session.execute('insert into t values (1)'))
    const inner = session.transaction(async () => {
      await session.execute('insert into t values (2)')
      await released
    })

    await expect(outer).rejects.toMatchObject({ code: 'TM_TRANSACTION_OVERLAP' })
    release()
    await expect(inner).rejects.toMatchObject({ code: 'TM_TRANSACTION_OVERLAP' })
    expect(session.inTransaction).toBe(false)
    expect(await session.query('select n from t')).toEqual([])
  })

  test('is a savepoint in one that a statement has begun', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')
    await session.execute('begin')

    await session.transaction(() => session.execute('insert into t values (1)'))
    expect(session.inTransaction).toBe(true)
    await session.execute('rollback')

    expect(await session.query('select n from t')).toEqual([])
  })

  test('of a change puts settings back where a statement of it fails', async () => {
    const { session } = await openAt()
    const statement = (sql: string, restoresSetting = false) => ({ sql, bindings: [], restoresSetting })

    const change = session.apply([
      statement("set work_mem = '65kB'"),
      statement('select nonsense'),
      statement('create temp table t (n integer)'),
      statement('reset work_mem', true),
    ])

    await expect(change).rejects.toMatchObject({ code: '42703' })
    expect(await session.setting('work_mem')).not.toBe('65kB')
    expect(await session.query("select to_regclass('t') as t")).toEqual([{ t: null }])
  })
})

describe('foreign keys', () => {
  test('that are deferrable are checked at the end of a transaction, where they are switched off', async () => {
    const { session } = await openAt()
    await session.execute('create temp table p (id integer primary key)')
    await session.execute('create temp table c (p integer references p deferrable)')

    await session.transaction(async () => {
      expect(await session.enforceForeignKeys(false)).toBe(true)
      await session.execute('insert into c values (1)')
      await session.execute('insert into p values (1)')
      expect(await session.enforceForeignKeys(true)).toBe(false)
      expect(await session.enforceForeignKeys(true)).toBe(true)
    })
    const broken = session.transaction(async () => {
      await session.enforceForeignKeys(false)
      await session.execute('insert into c values (2)')
    })

    await expect(broken).rejects.toMatchObject({ code: '23503' })
    expect(await session.query('select p from c')).toEqual([{ p: 1 }])
  })

  test('are enforced outside a transaction, whatever is asked', async () => {
    const { session } = await openAt()
    await session.execute('create temp table p (id integer primary key)')
    await session.execute('create temp table c (p integer references p deferrable)')

    expect(await session.enforceForeignKeys(false)).toBe(true)

    await expect(session.execute('insert into c values (1)')).rejects.toMatchObject({ code: '23503' })
  })
})

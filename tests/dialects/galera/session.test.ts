// A session on one node of a Galera cluster, whose transaction ends when another node commits a change of the same row.

import { expect, inject, test } from 'vitest'
import type { Session, SessionOptions } from '../../../src/dialects/dialect.js'
import { makeDatabase } from '../../helpers/database.js'
import { onAnotherNode } from '../../helpers/galera.js'
import { startHoldingProxy } from '../../helpers/holding-proxy.js'
import { open, optionsOf } from '../mysql/open.js'

/** Two sessions on one node, the first by way of a proxy that holds back the packet with those words, and one on another. */
async function openOnTwoNodes(words: readonly RegExp[] = [/never said/]) {
  const { target, variables } = await makeDatabase()
  const options = optionsOf(target)
  const proxy = await startHoldingProxy(inject('address'), words)
  const { session } = await open(atPort(options, proxy.port))
  const { session: beside } = await open(options)
  await session.execute('create table t (id integer primary key, n integer)')
  await session.execute('insert into t values (1, 0), (2, 0)')
  const other = await onAnotherNode(variables['DB_URL'] ?? '')
  const { session: elsewhere } = await open(atPort(options, Number(new URL(other).port)))
  await elsewhere.execute('set session wsrep_sync_wait = 1')
  return { session, beside, elsewhere, proxy }
}

function atPort({ server, ...options }: SessionOptions, port: number): SessionOptions {
  return { ...options, ...(server && { server: { ...server, port } }) }
}

async function numbers(session: Session): Promise<unknown[]> {
  return (await session.query('select n from t order by id')).map((row) => row['n'])
}

test('is told at its next statement that its transaction is over', async () => {
  const { session, beside, elsewhere } = await openOnTwoNodes()

  const work = session.transaction(async () => {
    await session.execute('update t set n = 1 where id = 1')
    await elsewhere.execute('update t set n = 10 where id = 1')
    await expect.poll(() => numbers(beside)).toEqual([10, 0])
    await session.execute('update t set n = 1 where id = 2')
  })

  await expect(work).rejects.toMatchObject({ errno: 1213 })
  expect(await numbers(elsewhere)).toEqual([10, 0])
})

test('commits nothing by itself after an error that came together with the end of its transaction', async () => {
  // What is asked after an error, to find out whether there still is a transaction.
  const { session, beside, elsewhere, proxy } = await openOnTwoNodes([/do 0/])

  const work = session.transaction(async () => {
    await session.execute('update t set n = 1 where id = 1')
    const refused = session.execute('insert into t values (2, 1)').catch((error: unknown) => error)
    await proxy.held
    await elsewhere.execute('update t set n = 10 where id = 1')
    await expect.poll(() => numbers(beside)).toEqual([10, 0])
    proxy.release()
    expect(await refused).toMatchObject({ errno: 1062 })
    await session.execute('update t set n = 1 where id = 2')
  })

  await expect(work).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
  expect(await numbers(elsewhere)).toEqual([10, 0])
})

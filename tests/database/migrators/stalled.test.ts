// A migrator that stands still for so long that another one goes on in its place: when it awakes it believes that it holds the lock.
// It must write nothing then, wherever it stood. On a cluster the two come by two of its nodes.

import { describe, expect, inject, test } from 'vitest'
import { succeed } from '../../helpers/run-cli.js'
import { openTidemark } from '../../helpers/tidemark.js'
import { once } from '../../../src/support/once.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { contentsOf } from '../faults/counted-project.js'
import { stallingProject } from './stalling-project.js'
import { type Place, standStill } from './standstill.js'
import { makeWays } from './ways.js'

const mysqlPlaces: Readonly<Record<string, Place>> = {
  'between two migrations': { at: 'between two migrations' },
  'between two statements': { at: 'between two statements' },
  'inside a transaction': { at: 'inside a transaction' },
  'in the midst of a long statement': { in: 'update' },
  'in the midst of a long change of structure': { in: 'create' },
  'with a change of structure on its way': { sending: [/alter table/] },
  'with a commit on its way': { sending: [/insert into .a./, /COMMIT/] },
}

const places: Readonly<Record<DialectName, Readonly<Record<string, Place>>>> = {
  mysql: mysqlPlaces,
  mariadb: mysqlPlaces,
  postgres: {
    'between two statements of a transaction': { at: 'between two statements' },
    'in the midst of a long statement': { in: 'update' },
    'with a commit on its way': { sending: [/create table b/, /COMMIT/] },
    'between two statements outside a transaction': { at: 'between two statements', isOutside: true },
    'inside a transaction of the migration’s own': { at: 'inside a transaction', isOutside: true },
    'in the midst of a long change of structure outside a transaction': { in: 'create', isOutside: true },
    'before a change of structure outside a transaction': {
      at: 'before a change of structure',
      isOutside: true,
    },
    'with a statement on its way outside a transaction': { sending: [/alter table/], isOutside: true },
  },
  sqlite: {
    'between two statements outside a transaction': { at: 'between two statements', isOutside: true },
    'before a change of structure outside a transaction': {
      at: 'before a change of structure',
      isOutside: true,
    },
  },
}

const isLong = process.env['TIDEMARK_FAULTS'] === 'all'
/** One server of each kind in the usual job: each test takes the time of a lease. */
const isOfKind = !['postgres18', 'mariadb11'].includes(inject('server'))

/** All at once, because each of them takes the time of a lease. The test that asks first waits for all. */
const standstills = once(async () => {
  const entries = Object.entries(places[inject('dialect')])
  const outcomes = await Promise.allSettled(entries.map(([, place]) => standStill(place)))
  return new Map(entries.map(([name], index) => [name, outcomes[index]]))
})

const undisturbed = once(async (): Promise<unknown> => {
  const [way] = await makeWays()
  const project = stallingProject(false)
  await succeed(project, ['migrate'], way)
  return await contentsOf(await openTidemark(project, { variables: way }))
})

describe.skipIf(!isLong && !isOfKind)(
  'a migrator that stood still and was taken over from writes nothing more',
  () => {
    test.for(Object.keys(places[inject('dialect')]))('%s', { timeout: 180_000 }, async (name) => {
      const expected = await undisturbed()
      const found = (await standstills()).get(name)
      if (found?.status !== 'fulfilled') throw found?.reason
      const { taker, waitedMs, staller, afterTaker, inTheEnd } = found.value

      expect(taker).toMatchObject({ status: 0, stderr: '' })
      expect(afterTaker).toEqual(expected)
      expect(inTheEnd).toEqual(expected)
      expect(staller.stderr).toMatch(
        /^\s*Error {2}This process lost the migration lock: [^]*TM_LOCK_LOST\s*$/,
      )
      expect(staller.status).toBe(6)
      // A living holder stalls for a second or two at times; one that is gone is waited for no longer than half a minute.
      expect(waitedMs).toBeGreaterThan(15_000)
      expect(waitedMs).toBeLessThan(30_000)
    })
  },
)

test.runIf(inject('dialect') === 'sqlite')(
  'a migrator that stands still inside a transaction keeps the file, and goes on when it awakes',
  { timeout: 120_000 },
  async () => {
    const { taker, staller, inTheEnd } = await standStill({ at: 'inside a transaction' }, ['--lock-wait=25s'])

    expect(taker.status).toBe(6)
    expect(taker.stderr).toMatch(/^\s*Error {2}The migration lock was not had in 25 s: [^]*TM_LOCK_HELD\s*$/)
    expect(staller).toMatchObject({ status: 0, stderr: '' })
    expect(inTheEnd).toEqual(await undisturbed())
  },
)

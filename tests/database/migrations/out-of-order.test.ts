// A new migration whose name comes before one that is applied: on this database it would run after, on a new one before.

import { describe, expect, test } from 'vitest'
import { type Project, createTable, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'

const folder = 'database/migrations'

function projectOf(...names: readonly string[]): Project {
  return makeProject(Object.fromEntries(names.map((name) => [`${folder}/${name}.ts`, tableOf(name)])))
}

function tableOf(name: string): string {
  return createTable(name.replace(/^\d+_/, ''))
}

describe('a new migration that comes before an applied one', () => {
  test('is shown as that, and stops migrate before anything runs', async () => {
    const project = projectOf('001_a', '003_c')
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/002_b.ts`, tableOf('002_b'))
    project.write(`${folder}/004_d.ts`, tableOf('004_d'))

    expect(
      (await tidemark.status()).map(({ name, state, isOutOfOrder }) => [name, state, isOutOfOrder]),
    ).toEqual([
      ['001_a', 'applied', false],
      ['002_b', 'pending', true],
      ['003_c', 'applied', false],
      ['004_d', 'pending', false],
    ])
    const refusal = {
      code: 'TM_OUT_OF_ORDER',
      message: expect.stringMatching(/1 migration comes by name before 003_c, which is applied: 002_b\./),
      remedy: expect.stringContaining('tidemark migrate:repair 002_b'),
    }
    await expect(tidemark.migrate()).rejects.toMatchObject(refusal)
    await expect(tidemark.migrate({ pretend: true })).rejects.toMatchObject(refusal)
    expect(await tableNames(tidemark)).toEqual(['a', 'c'])
  })

  test('runs once somebody has let it', async () => {
    const project = projectOf('001_a', '003_c')
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/002_b.ts`, tableOf('002_b'))

    expect(await tidemark.repair({ name: '002_b' })).toMatchObject([{ name: '002_b', kind: 'accept-order' }])
    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'pending', '003_c': 'applied' })
    expect((await tidemark.status())[1]).toMatchObject({ isOutOfOrder: false, finishedAt: undefined })
    expect(await tidemark.history()).toHaveLength(2)
    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual(['a', 'b', 'c'])
    await tidemark.rollback()
    expect(await tableNames(tidemark)).toEqual(['a', 'c'])
  })

  test('runs where the configuration lets all of them', async () => {
    const project = projectOf('002_b')
    const tidemark = await openTidemark(project, { config: { migrations: { outOfOrder: true } } })
    await tidemark.migrate()
    project.write(`${folder}/001_a.ts`, tableOf('001_a'))

    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual(['a', 'b'])
  })

  test('does not stop one that is applied up to a migration before it', async () => {
    const project = projectOf('001_a', '005_e')
    const tidemark = await openTidemark(project)
    await tidemark.migrate({ to: '001_a' })
    project.write(`${folder}/003_c.ts`, tableOf('003_c'))

    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual(['a', 'c', 'e'])
  })

  test('is none where it decides for itself when it runs', async () => {
    const optional = migrationFile(
      `await schema.create('b', (table) => table.id())`,
      `await schema.drop('b')`,
    )
    const project = projectOf('001_a', '003_c')
    project.write(
      `${folder}/002_b.ts`,
      optional.replace('migration({', 'migration({ shouldRun: () => globalThis.isTimeForB === true,'),
    )
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    expect(await tableNames(tidemark)).toEqual(['a', 'c'])

    Object.assign(globalThis, { isTimeForB: true })
    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual(['a', 'b', 'c'])
  })
})

describe('a migration that was in time', () => {
  test('runs again after it was rolled back alone', async () => {
    const tidemark = await openTidemark(projectOf('001_a', '002_b', '003_c'))
    await tidemark.migrate()

    await tidemark.rollback({ name: '002_b' })
    expect(await states(tidemark)).toMatchObject({ '002_b': 'pending' })
    await expect(tidemark.rollback({ name: '002_b' })).rejects.toMatchObject({ code: 'TM_NO_SUCH_MIGRATION' })
    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual(['a', 'b', 'c'])
    await tidemark.rollback({ name: '002_b' })
    await tidemark.reset()
    expect(await (await tidemark.db()).table('schema_migrations').count()).toBe(0)
  })

  test('runs again after it failed, though it was let late', async () => {
    const project = projectOf('001_a', '003_c')
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/002_b.ts`, migrationFile(`throw new Error('no luck')`, ''))
    await tidemark.repair({ name: '002_b' })
    await expect(tidemark.migrate()).rejects.toThrow('no luck')
    project.write(`${folder}/002_b.ts`, tableOf('002_b'))

    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual(['a', 'b', 'c'])
  })

  test('is forgotten with its file', async () => {
    const project = projectOf('001_a', '002_b', '003_c')
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    await tidemark.rollback({ name: '002_b' })
    project.remove(`${folder}/002_b.ts`)

    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '003_c': 'applied' })
    expect((await tidemark.migrate()).runs).toEqual([])
  })
})

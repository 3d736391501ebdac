// A database to change in a test: blueprints are compiled and run on a real file, and the file is asked what is there.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Row, Session, Statement } from '../../../src/dialects/dialect.js'
import { compile } from '../../../src/dialects/sqlite/compile/compile.js'
import { openSession } from '../../../src/dialects/sqlite/session/session.js'
import { splitSql } from '../../../src/dialects/sqlite/sql/split.js'
import { Blueprint } from '../../../src/schema/blueprint.js'
import type { Operation } from '../../../src/schema/operations.js'

export type Describe = (table: Blueprint) => void

export class Workbench {
  readonly path: string
  readonly session: Session

  constructor(path: string, session: Session) {
    this.path = path
    this.session = session
  }

  /** Runs SQL as other tools write it. */
  async exec(sql: string): Promise<void> {
    for (const fragment of splitSql(sql)) await this.session.execute(fragment.sql)
  }

  async rows(sql: string): Promise<readonly Row[]> {
    return await this.session.query(sql)
  }

  /** One column of the rows as a list. */
  async list(sql: string): Promise<readonly unknown[]> {
    return (await this.rows(sql)).map((row) => Object.values(row)[0])
  }

  async compile(operations: readonly Operation[]): Promise<readonly Statement[]> {
    return await compile(operations, this.session)
  }

  /** The SQL that a blueprint of a new table becomes. */
  async createSql(table: string, describe: Describe): Promise<readonly string[]> {
    return (await this.compile(creation(table, describe))).map(({ sql }) => sql)
  }

  /** The SQL that a blueprint of changes becomes. */
  async tableSql(table: string, describe: Describe): Promise<readonly string[]> {
    return (await this.compile(changes(table, describe))).map(({ sql }) => sql)
  }

  async create(table: string, describe: Describe): Promise<void> {
    await this.run(creation(table, describe))
  }

  async table(table: string, describe: Describe): Promise<void> {
    await this.run(changes(table, describe))
  }

  /** As a migration does: compiled and applied in a transaction. */
  async run(operations: readonly Operation[]): Promise<void> {
    await this.session.transaction(async () => this.session.apply(await this.compile(operations)))
  }

  /** The stored statement of a table, index, view or trigger. */
  async sql(name: string): Promise<unknown> {
    return (await this.list(`select sql from sqlite_schema where name = '${name.replaceAll("'", "''")}'`))[0]
  }

  /** Throws where the file is damaged or a foreign key is broken. */
  async assertSound(): Promise<void> {
    const integrity = await this.list('pragma integrity_check')
    const broken = await this.rows('pragma foreign_key_check')
    if (integrity[0] !== 'ok' || broken.length > 0) throw new Error(JSON.stringify({ integrity, broken }))
  }
}

/** A workbench on a new file that is gone after the test. */
export async function openWorkbench(sql = ''): Promise<Workbench> {
  const workbench = await makeWorkbench(sql)
  onTestFinished(async () => removeWorkbench(workbench))
  return workbench
}

/** For a property, which opens many in one test: `work` with a workbench of its own. */
export async function withWorkbench(work: (workbench: Workbench) => Promise<void>): Promise<void> {
  const workbench = await makeWorkbench('')
  try {
    await work(workbench)
  } finally {
    await removeWorkbench(workbench)
  }
}

async function makeWorkbench(sql: string): Promise<Workbench> {
  const path = join(mkdtempSync(join(tmpdir(), 'tidemark-')), 'database.sqlite')
  const session = await openSession({ database: path, foreignKeys: true, lockTimeoutMs: 1000 })
  // No power is cut in a test, and waiting for the disk is most of its time.
  await session.setting('synchronous', 'off')
  const workbench = new Workbench(path, session)
  await workbench.exec(sql)
  return workbench
}

async function removeWorkbench({ path, session }: Workbench): Promise<void> {
  await session.close()
  rmSync(dirname(path), { recursive: true })
}

function creation(table: string, describe: Describe): readonly Operation[] {
  const blueprint = new Blueprint(table)
  blueprint.create()
  describe(blueprint)
  return blueprint.operations()
}

export function changes(table: string, describe: Describe): readonly Operation[] {
  const blueprint = new Blueprint(table)
  describe(blueprint)
  return blueprint.operations()
}

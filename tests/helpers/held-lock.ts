// Another connection to a project's database, past Tidemark, that holds a lock: of the driver itself, and on SQLite in a
// process of its own.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RowDataPacket } from 'mysql2/promise'
import { inject, onTestFinished } from 'vitest'
import type { Project } from './project.js'
import { variablesOf } from './tidemark.js'

export interface LockHolder {
  /** How its server numbers the session; SQLite: the process. */
  readonly id: string
  run(sql: string): Promise<void>
  /** The single value that a query gives; of servers only. */
  ask(sql: string): Promise<unknown>
  /** Ends the connection, and with it all that it holds. */
  close(): Promise<void>
}

/** Opened on the database that a Tidemark of this project works on. */
export async function openLockHolder(project: Project): Promise<LockHolder> {
  const holder = await open(project)
  onTestFinished(() => holder.close())
  return holder
}

async function open(project: Project): Promise<LockHolder> {
  const { DB_URL = '' } = await variablesOf(project)
  const dialect = inject('dialect')
  if (dialect === 'sqlite') return await openProcess(project.path('database/database.sqlite'))
  return await (dialect === 'postgres' ? openPostgres(DB_URL) : openMysql(DB_URL))
}

async function openProcess(file: string): Promise<LockHolder> {
  const child = fork(fileURLToPath(new URL('sqlite-holder.mjs', import.meta.url)), [file])
  await once(child, 'spawn')
  return {
    id: String(child.pid),
    run: (sql) => send(child, sql),
    ask: () => Promise.reject(new Error('The process that holds a lock answers no questions.')),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function send(child: ChildProcess, sql: string): Promise<void> {
  const answered = once(child, 'message')
  child.send(sql)
  const [answer] = await answered
  if (answer !== 'done') throw new Error(`${sql}: ${String(answer)}`)
}

async function openPostgres(url: string): Promise<LockHolder> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return {
    id: String(rows[0]?.pid),
    run: async (sql) => void (await client.query(sql)),
    ask: async (sql) => (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows[0]?.[0],
    close: () => client.end(),
  }
}

async function openMysql(url: string): Promise<LockHolder> {
  const { createConnection } = await import('mysql2/promise')
  const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'))
  return {
    id: String(connection.threadId),
    run: async (sql) => void (await connection.query(sql)),
    ask: async (sql) => (await connection.query<RowDataPacket[][]>({ sql, rowsAsArray: true }))[0][0]?.[0],
    close: () => connection.end(),
  }
}

// A user's project in a folder of its own, thrown away when the test ends.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface Project {
  readonly root: string
  path(name: string): string
  write(name: string, text: string): void
  read(name: string): string
  has(name: string): boolean
  /** The names in a folder, sorted. */
  list(folder: string): string[]
  remove(name: string): void
}

/** @param files their texts by path */
export function makeProject(files: Readonly<Record<string, string>> = {}): Project {
  const root = mkdtempSync(join(tmpdir(), 'tidemark-project-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const path = (name: string) => join(root, name)
  const project: Project = {
    root,
    path,
    write(name, text) {
      mkdirSync(dirname(path(name)), { recursive: true })
      writeFileSync(path(name), text)
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    has: (name) => existsSync(path(name)),
    list: (folder) => readdirSync(path(folder)).sort(),
    remove: (name) => rmSync(path(name), { recursive: true }),
  }
  for (const [name, text] of Object.entries(files)) project.write(name, text)
  return project
}

/** A migration file whose `up` and `down` are the given statements. */
export function migrationFile(up: string, down: string): string {
  return `import { migration } from 'tidemark'

export default migration({
  async up({ schema, db }) {
    ${up}
  },
  async down({ schema, db }) {
    ${down}
  },
})
`
}

/** A migration file that makes a table with an id and a name. */
export function createTable(table: string): string {
  return migrationFile(
    `await schema.create('${table}', (table) => {
      table.id()
      table.string('name')
    })`,
    `await schema.drop('${table}')`,
  )
}

/** A project with three migrations: `users`, `posts`, `tags`. */
export function makeProjectWithMigrations(files: Readonly<Record<string, string>> = {}): Project {
  return makeProject({
    'database/migrations/2025_01_01_000000_create_users_table.ts': createTable('users'),
    'database/migrations/2025_01_02_000000_create_posts_table.ts': createTable('posts'),
    'database/migrations/2025_01_03_000000_create_tags_table.ts': createTable('tags'),
    ...files,
  })
}

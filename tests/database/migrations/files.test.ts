import { describe, expect, test } from 'vitest'
import { createTable, makeProject } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect } from './words.js'

const folder = 'database/migrations'

async function failure(files: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    await (await openTidemark(makeProject(files))).migrate()
  } catch (error) {
    return error
  }
  throw new Error('it was applied')
}

describe('a file that is no migration', () => {
  test.each([
    ['it exports nothing', 'const up = 1'],
    ['it has no default export (it exports down, up)', 'export function up() {}\nexport function down() {}'],
    ['it has no function up', 'export default { down() {} }'],
    ['its default export is a function', 'export default function () {}'],
    ['its down is a string', "export default { up() {}, down: 'no' }"],
    ['its transaction is a string', "export default { up() {}, transaction: 'no' }"],
    [
      'it has a down and says that it is irreversible',
      "export default { up() {}, down() {}, irreversible: 'x' }",
    ],
  ])('is refused: %s', async (reason, text) => {
    expect(await failure({ [`${folder}/001_a.ts`]: text })).toMatchObject({
      code: 'TM_BAD_EXPORT',
      message: `${folder}/001_a.ts is no migration: ${reason}.`,
    })
  })

  test.each([
    [
      '001_a.sql',
      '-- migrate:up\ncreate table a (id integer);\n-- migrate:dwon\ndrop table a;',
      'it has a line "-- migrate:dwon"',
    ],
    [
      '001_a.sql',
      '-- migrate:up transactoin:false\ncreate table a (id integer);',
      'its "-- migrate:up" has the option "transactoin:false"',
    ],
    ['001_a.down.sql', 'drop table a;', `there is no ${folder}/001_a.up.sql beside it`],
  ])('is refused as SQL: %s %j', async (name, text, reason) => {
    expect(await failure({ [`${folder}/${name}`]: text })).toMatchObject({
      code: 'TM_BAD_EXPORT',
      message: `${folder}/${name} is no migration: ${reason}.`,
    })
  })

  test('is refused for an option that nobody knows, with the nearest', async () => {
    const error = await failure({ [`${folder}/001_a.ts`]: 'export default { up() {}, transactions: false }' })

    expect(error).toMatchObject({
      code: 'TM_UNKNOWN_MIGRATION_OPTION',
      message: expect.stringContaining('Did you mean "transaction"?'),
    })
  })

  test('is refused for a syntax error, with file, line and column', async () => {
    const error = await failure({ [`${folder}/001_a.ts`]: 'export default {\n  up() { let 1x }\n}' })

    expect(error).toMatchObject({
      code: 'TM_SYNTAX_ERROR',
      place: { file: expect.stringContaining('001_a.ts'), line: 2, column: expect.any(Number) },
    })
  })

  test('is refused where two have one name', async () => {
    const error = await failure({
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/001_a.js`]: createTable('a'),
    })

    expect(error).toMatchObject({
      code: 'TM_DUPLICATE_MIGRATION',
      message: expect.stringContaining(`${folder}/001_a.js and ${folder}/001_a.ts`),
    })
  })

  test('is refused where the folder that was asked for is not there', async () => {
    const tidemark = await openTidemark(makeProject(), { paths: ['nowhere'] })

    await expect(tidemark.status()).rejects.toMatchObject({ code: 'TM_NO_SUCH_PATH', kind: 'usage' })
  })
})

describe('a TypeScript migration', () => {
  test('imports the user’s own files, by any of their names', async () => {
    const tidemark = await openTidemark(
      makeProject({
        'database/columns.ts':
          'export enum Kind { Movie = "movie" }\nexport const kinds: string[] = [Kind.Movie]',
        'database/more/index.ts': "export const more = 'more'",
        [`${folder}/001_a.ts`]: `import { migration } from 'tidemark'
import { kinds } from '../columns.ts'
import { kinds as again } from '../columns.js'
import { kinds as bare } from '../columns'
import { more } from '../more'
export default migration({
  async up({ schema }) {
    if (kinds !== again || kinds !== bare) throw new Error('three modules')
    await schema.create('a', (table) => { table.enum(more, kinds) })
  },
  async down({ schema }) { await schema.drop('a') },
})
`,
      }),
    )

    await tidemark.migrate()

    const db = await tidemark.db()
    await db.table('a').insert({ more: 'movie' })
    await expect(db.table('a').insert({ more: 'another' })).rejects.toMatchObject({ name: 'QueryError' })
  })
})

/** A trigger with statements inside it that end in semicolons. */
const triggerThatFillsNote = byDialect({
  sqlite: `create trigger a_made after insert on a begin
  update a set note = case when new.note = '' then 'none' else new.note end where id = new.id;
end;
`,
  postgres: `create function fill_note() returns trigger language plpgsql as $body$
begin
  if new.note = '' then new.note := 'none'; end if;
  return new;
end;
$body$;
create trigger a_made before insert on a for each row execute function fill_note();
`,
  mysql: triggerOfMysql(),
  mariadb: triggerOfMysql(),
})

function triggerOfMysql(): string {
  return `create trigger a_made before insert on a for each row begin
  if new.note = '' then set new.note = 'none'; end if;
end;
`
}

describe('a SQL migration', () => {
  test('has its sections in one file', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.sql`]: `-- migrate:up
create table a (id integer primary key, note varchar(20) default 'x; -- y');
${triggerThatFillsNote}
-- migrate:down
drop table a;
`,
      }),
    )

    await tidemark.migrate()
    const db = await tidemark.db()
    await db.table('a').insert({ id: 1, note: '' })
    await db.table('a').insert({ id: 2 })

    expect((await tidemark.table('a'))?.triggers.map(({ name }) => name)).toEqual(['a_made'])
    expect(await db.table('a').orderBy('id').pluck('note')).toEqual(['none', 'x; -- y'])

    await tidemark.rollback()
    expect(await tableNames(tidemark)).toEqual([])
  })

  test('is a pair of files', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.up.sql`]: 'create table a (x integer)',
        [`${folder}/001_a.down.sql`]: 'drop table a',
      }),
    )

    await tidemark.migrate()
    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })

    await tidemark.rollback()
    expect(await tableNames(tidemark)).toEqual([])
  })

  test('names the statement and the line of the file where it fails', async () => {
    const error = await failure({
      [`${folder}/001_a.sql`]:
        '-- migrate:up\ncreate table a (x integer);\n\ninsert into nowhere values (1);\n',
    })

    expect(error).toMatchObject({
      code: 'TM_SQL_NO_SUCH_TABLE',
      place: { file: `${folder}/001_a.sql`, line: 4, column: 1, statement: 2 },
    })
  })

  test('is refused without a section up', async () => {
    expect(await failure({ [`${folder}/001_a.sql`]: 'create table a (x integer)' })).toMatchObject({
      code: 'TM_BAD_EXPORT',
      message: expect.stringContaining('it has no section "-- migrate:up"'),
    })
  })

  test('is refused where a marker stands behind other SQL', async () => {
    const text = '-- migrate:up\ncreate table a (x integer);-- migrate:down\ndrop table a;\n'

    expect(await failure({ [`${folder}/001_a.sql`]: text })).toMatchObject({
      code: 'TM_BAD_EXPORT',
      message: expect.stringContaining('stands behind something else'),
    })
  })

  test('is refused with a section twice', async () => {
    expect(
      await failure({ [`${folder}/001_a.sql`]: '-- migrate:up\nselect 1;\n-- migrate:up\nselect 2;' }),
    ).toMatchObject({ message: expect.stringContaining('two sections') })
  })
})

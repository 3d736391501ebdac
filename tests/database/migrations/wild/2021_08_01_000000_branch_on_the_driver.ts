// Raw SQL for each driver, DB::raw in an update, a join in a query.
import { migration } from 'tidemark'

export default migration({
  async up({ schema, db }) {
    const prefix = db.getTablePrefix()
    if (schema.getConnection().getDriverName() === 'mysql') {
      await db.statement(`ALTER TABLE ${prefix}users MODIFY name VARCHAR(100) NOT NULL`)
    } else if (db.getDriverName() === 'sqlite') {
      await db.unprepared(`
        CREATE INDEX ${prefix}users_lower_email ON ${prefix}users (lower(email));
        CREATE VIEW owners AS SELECT DISTINCT owner_id FROM ${prefix}assets; -- for the report
      `)
    }
    await db
      .table('assets')
      .whereNull('price')
      .update({ price: db.raw('1 + 1'), updated_at: new Date('2016-02-01T12:00:00Z') })
    const rows = await db
      .table('assets as a')
      .join('users as u', 'u.id', '=', 'a.owner_id')
      .select('a.id', 'u.full_name')
      .where('u.admin', 0)
      .get()
    for (const row of rows)
      await db.update('update assets set notes = ? where id = ?', [
        `of ${String(row['full_name'])}`,
        Number(row['id']),
      ])
  },
  async down({ db }) {
    await db.table('assets').update({ notes: null })
    await db.table('assets').where('tag', 'A2').update({ price: null, updated_at: null })
    if (db.getDriverName() === 'mysql') {
      await db.statement('ALTER TABLE users MODIFY name VARCHAR(255) NOT NULL')
    } else if (db.getDriverName() === 'sqlite') {
      await db.exec('DROP VIEW owners; DROP INDEX users_lower_email')
    }
  },
})

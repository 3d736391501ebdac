// A constrained column added to a table that others reference, and dropped with its key.
import { migration } from 'tidemark'

export default migration({
  async up({ schema, db }) {
    await schema.create('teams', (table) => {
      table.id()
      table.string('name')
    })
    const team = await db.table('teams').insertGetId({ name: 'Everybody' })
    await schema.table('users', (table) => {
      table.foreignId('team_id').nullable().after('id').constrained()
    })
    await db.table('users').whereNull('team_id').update({ team_id: team })
    await schema.table('users', (table) => {
      table.foreignId('team_id').nullable(false).change()
    })
  },
  async down({ schema }) {
    await schema.table('users', (table) => {
      table.dropConstrainedForeignId('team_id')
    })
    await schema.dropIfExists('teams')
  },
})

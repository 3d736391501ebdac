// A loop over tables, disabled constraints, integers with a sign of their own for keys.
import { migration } from 'tidemark'

const tables = ['companies', 'departments', 'suppliers']

export default migration({
  async up({ schema }) {
    for (const name of tables) {
      await schema.create(name, (table) => {
        table.increments('id')
        table.string('name')
        table.bigInteger('user_id').unsigned().nullable()
        table.foreign('user_id').references('id').on('users').onDelete('set null')
        table.nullableTimestamps()
        table.softDeletes()
      })
    }
  },
  async down({ schema }) {
    await schema.disableForeignKeyConstraints()
    for (const name of tables.toReversed()) await schema.drop(name)
    await schema.enableForeignKeyConstraints()
  },
})

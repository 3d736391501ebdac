// Asks before it adds; several columns at once, one after the other.
import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.table('assets', async (table) => {
      if (!(await schema.hasColumn('assets', 'status'))) {
        table.string('status', 20).default('ready').after('tag')
      }
      if (!(await schema.hasColumns('assets', ['warranty', 'serial']))) {
        table.integer('warranty').nullable()
        table.string('serial').nullable()
      }
    })
  },
  async down({ schema }) {
    await schema.table('assets', async (table) => {
      for (const column of ['status', 'warranty', 'serial'])
        if (await schema.hasColumn('assets', column)) table.dropColumn(column)
    })
  },
})

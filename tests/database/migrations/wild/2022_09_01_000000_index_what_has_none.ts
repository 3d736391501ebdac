// Indexes looked up among getIndexes(), hasIndex(), and a name made by hand.
import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    const names = (await schema.getIndexes('assets')).map((index) => index['name'])
    await schema.table('assets', (table) => {
      if (!names.includes('assets_status_index')) table.index('status')
      if (names.includes('assets_by_tag')) table.dropIndex('assets_by_tag')
    })
    if (!(await schema.hasIndex('users', ['name']))) {
      await schema.table('users', (table) => table.index('name', `${table.getTable()}_by_name`))
    }
  },
  async down({ schema }) {
    await schema.table('users', (table) => table.dropIndex('users_by_name'))
    await schema.table('assets', (table) => {
      table.dropIndex(['status'])
      table.index(['tag', 'archived'], 'assets_by_tag')
    })
  },
})

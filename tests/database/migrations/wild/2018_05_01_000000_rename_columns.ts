// renameColumn twice in one blueprint, a renamed index, a renamed table.
import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.table('users', (table) => {
      table.renameColumn('fullname', 'full_name')
      table.renameColumn('is_admin', 'admin')
    })
    await schema.table('assets', (table) => {
      table.renameIndex('assets_tag_archived_index', 'assets_by_tag')
    })
    await schema.rename('suppliers', 'vendors')
  },
  async down({ schema }) {
    await schema.rename('vendors', 'suppliers')
    await schema.table('assets', (table) => {
      table.renameIndex('assets_by_tag', 'assets_tag_archived_index')
    })
    await schema.table('users', (table) => {
      table.renameColumn('full_name', 'fullname')
      table.renameColumn('admin', 'is_admin')
    })
  },
})

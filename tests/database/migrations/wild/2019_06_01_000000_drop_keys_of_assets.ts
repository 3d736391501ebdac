// dropForeign by columns and by name, dropIndex and dropUnique by columns and by name.
import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.table('assets', (table) => {
      table.dropForeign(['owner_id'])
      table.dropForeign('assets_company')
    })
    await schema.table('assets', (table) => {
      table.dropIndex(['owner_id'])
      table.dropUnique('assets_tag_within_company')
    })
  },
  async down({ schema }) {
    await schema.table('assets', (table) => {
      table.index('owner_id')
      table.unique(['company_id', 'tag'], 'assets_tag_within_company')
      table.foreign('company_id', 'assets_company').references('id').on('companies').onDelete('cascade')
      table.foreign('owner_id').references('id').on('users').onDelete('cascade').onUpdate('cascade')
    })
  },
})

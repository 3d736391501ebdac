// Many keys, a long name for an index, an index over an array of columns, decimal prices.
import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.create('assets', (table) => {
      table.bigIncrements('id')
      table.string('tag')
      table.decimal('price', 20, 2).nullable().default(null)
      table.unsignedInteger('company_id').nullable()
      table.unsignedBigInteger('owner_id').index()
      table.date('bought_on').nullable()
      table.longText('notes').nullable()
      table.text('meta').nullable()
      table.boolean('archived').default(false)
      table.timestamps()
      table.foreign('company_id', 'assets_company').references('id').on('companies').onDelete('cascade')
      table.foreign('owner_id').references('id').on('users').onDelete('cascade').onUpdate('cascade')
      table.index(['tag', 'archived'])
      table.unique(['company_id', 'tag'], 'assets_tag_within_company')
    })
  },
  async down({ schema }) {
    await schema.drop('assets')
  },
})

// Data moved between tables, chunk by chunk; the column goes afterwards.
import { migration } from 'tidemark'

export default migration({
  async up({ schema, db }) {
    await schema.create('asset_colours', (table) => {
      table.id()
      table.foreignId('asset_id')
      table.string('colour')
    })
    await db
      .table('assets')
      .whereNotNull('meta')
      .chunkById(1, async (assets) => {
        for (const asset of assets) {
          const { colour } = JSON.parse(String(asset['meta'])) as { colour: string }
          await db.table('asset_colours').insert({ asset_id: Number(asset['id']), colour })
        }
      })
    await schema.table('assets', (table) => table.dropColumn('meta'))
  },
  async down({ schema, db }) {
    await schema.table('assets', (table) => {
      table.text('meta').nullable()
    })
    await db
      .table('asset_colours')
      .orderBy('id')
      .each(async (row) => {
        await db
          .table('assets')
          .where('id', Number(row['asset_id']))
          .update({ meta: JSON.stringify({ colour: row['colour'] }) })
      })
    await schema.drop('asset_colours')
  },
})

// change(): nullable and back, another type, another default.
import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.table('assets', (table) => {
      table.string('tag', 300).nullable().change()
      table.integer('warranty').default(12).change()
    })
  },
  async down({ schema }) {
    await schema.table('assets', (table) => {
      table.string('tag').nullable(false).change()
      table.integer('warranty').nullable().default(null).change()
    })
  },
})

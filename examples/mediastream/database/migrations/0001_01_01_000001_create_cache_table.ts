import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.create('cache', (table) => {
      table.string('key').primary()
      table.mediumText('value')
      table.integer('expiration')
    })

    await schema.create('cache_locks', (table) => {
      table.string('key').primary()
      table.string('owner')
      table.integer('expiration')
    })
  },

  async down({ schema }) {
    await schema.dropIfExists('cache_locks')
    await schema.dropIfExists('cache')
  },
})

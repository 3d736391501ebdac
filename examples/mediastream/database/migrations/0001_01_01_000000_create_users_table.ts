import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.create('users', (table) => {
      table.id()
      table.string('name')
      table.string('email').unique()
      table.timestamp('email_verified_at').nullable()
      table.string('password')
      table.rememberToken()
      table.timestamps()
    })

    await schema.create('password_reset_tokens', (table) => {
      table.string('email').primary()
      table.string('token')
      table.timestamp('created_at').nullable()
    })

    await schema.create('sessions', (table) => {
      table.string('id').primary()
      table.foreignId('user_id').nullable().index()
      table.string('ip_address', 45).nullable()
      table.text('user_agent').nullable()
      table.longText('payload')
      table.integer('last_activity').index()
    })
  },

  async down({ schema }) {
    await schema.dropIfExists('sessions')
    await schema.dropIfExists('password_reset_tokens')
    await schema.dropIfExists('users')
  },
})

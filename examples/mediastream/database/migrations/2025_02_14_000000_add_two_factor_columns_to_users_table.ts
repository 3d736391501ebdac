import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.table('users', (table) => {
      table.text('two_factor_secret').after('password').nullable()
      table.text('two_factor_recovery_codes').after('two_factor_secret').nullable()
      table.timestamp('two_factor_confirmed_at').after('two_factor_recovery_codes').nullable()
    })
  },

  async down({ schema }) {
    await schema.table('users', (table) => {
      table.dropColumn(['two_factor_secret', 'two_factor_recovery_codes', 'two_factor_confirmed_at'])
    })
  },
})

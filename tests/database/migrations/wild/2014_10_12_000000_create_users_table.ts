// Options of the table as assignments, a column kept in a variable, old-style increments and keys.
import { migration } from 'tidemark'

export default migration({
  async up({ schema, db }) {
    await schema.create('users', (table) => {
      table.engine = 'InnoDB'
      table.charset = 'utf8mb4'
      table.collation = 'utf8mb4_unicode_ci'
      table.bigIncrements('id')
      const email = table.string('email', 191)
      if (db.getDriverName() === 'mysql') email.collation('utf8mb4_bin')
      email.unique()
      table.string('name')
      table.string('fullname')
      table.tinyInteger('is_admin').unsigned().default(0)
      table.enum('locale', ['en', 'de']).default('en')
      table.rememberToken()
      table.timestamps()
    })
  },
  async down({ schema }) {
    await schema.dropIfExists('users')
  },
})

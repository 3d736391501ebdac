import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      ALTER TABLE articles ADD COLUMN excerpt VARCHAR(500) NULL AFTER title;
    `)
  },

  async down({ db }) {
    await db.exec(`
      ALTER TABLE articles DROP COLUMN excerpt;
    `)
  },
})

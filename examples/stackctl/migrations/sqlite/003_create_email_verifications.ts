import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE email_verifications (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        email TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        verified_at TEXT NULL,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT email_verifications_token_hash_unique UNIQUE (token_hash),
        CONSTRAINT email_verifications_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE INDEX email_verifications_user_id_index ON email_verifications (user_id);
      CREATE INDEX email_verifications_expires_at_index ON email_verifications (expires_at);
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS email_verifications;
    `)
  },
})

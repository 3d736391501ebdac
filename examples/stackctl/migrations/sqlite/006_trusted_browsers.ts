import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE trusted_browsers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        token_hash TEXT NOT NULL,
        user_agent TEXT NULL,
        ip_address TEXT NULL,
        last_used_at TEXT NULL,
        expires_at TEXT NOT NULL,
        revoked_at TEXT NULL,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT trusted_browsers_token_hash_unique UNIQUE (token_hash),
        CONSTRAINT trusted_browsers_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE INDEX trusted_browsers_user_id_revoked_at_index ON trusted_browsers (user_id, revoked_at);
      CREATE INDEX trusted_browsers_expires_at_index ON trusted_browsers (expires_at);
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS trusted_browsers;
    `)
  },
})

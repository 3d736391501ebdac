import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE password_resets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        token_hash TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        used_at TEXT NULL,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT password_resets_token_hash_unique UNIQUE (token_hash),
        CONSTRAINT password_resets_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE INDEX password_resets_user_id_index ON password_resets (user_id);
      CREATE INDEX password_resets_expires_at_index ON password_resets (expires_at);
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS password_resets;
    `)
  },
})

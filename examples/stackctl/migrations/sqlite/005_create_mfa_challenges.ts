import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE mfa_challenges (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        mfa_method_id INTEGER NOT NULL,
        code_hash TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        expires_at TEXT NOT NULL,
        completed_at TEXT NULL,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT mfa_challenges_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT mfa_challenges_mfa_method_id_foreign FOREIGN KEY (mfa_method_id) REFERENCES mfa_methods (id) ON DELETE CASCADE
      );
      CREATE INDEX mfa_challenges_user_id_index ON mfa_challenges (user_id);
      CREATE INDEX mfa_challenges_mfa_method_id_index ON mfa_challenges (mfa_method_id);
      CREATE INDEX mfa_challenges_expires_at_index ON mfa_challenges (expires_at);
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS mfa_challenges;
    `)
  },
})

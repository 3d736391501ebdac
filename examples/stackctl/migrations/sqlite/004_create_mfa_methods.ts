import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE mfa_methods (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        type TEXT NOT NULL CHECK (type IN ('totp', 'webauthn', 'sms', 'email')),
        label TEXT NULL,
        encrypted_secret TEXT NOT NULL,
        confirmed_at TEXT NULL,
        last_used_at TEXT NULL,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT mfa_methods_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE INDEX mfa_methods_user_id_type_index ON mfa_methods (user_id, type);
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS mfa_methods;
    `)
  },
})

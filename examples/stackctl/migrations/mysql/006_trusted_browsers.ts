import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE trusted_browsers (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        user_id BIGINT UNSIGNED NOT NULL,
        token_hash CHAR(64) NOT NULL,
        user_agent TEXT NULL,
        ip_address VARCHAR(45) NULL,
        last_used_at TIMESTAMP NULL,
        expires_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        revoked_at TIMESTAMP NULL,
        created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        UNIQUE KEY trusted_browsers_token_hash_unique (token_hash),
        KEY trusted_browsers_user_id_revoked_at_index (user_id, revoked_at),
        KEY trusted_browsers_expires_at_index (expires_at),
        CONSTRAINT trusted_browsers_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS trusted_browsers;
    `)
  },
})

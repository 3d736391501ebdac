import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE email_verifications (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        user_id BIGINT UNSIGNED NOT NULL,
        email VARCHAR(255) NOT NULL,
        token_hash CHAR(64) NOT NULL,
        expires_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        verified_at TIMESTAMP NULL,
        created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        UNIQUE KEY email_verifications_token_hash_unique (token_hash),
        KEY email_verifications_user_id_index (user_id),
        KEY email_verifications_expires_at_index (expires_at),
        CONSTRAINT email_verifications_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS email_verifications;
    `)
  },
})

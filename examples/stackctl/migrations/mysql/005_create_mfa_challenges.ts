import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE mfa_challenges (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        user_id BIGINT UNSIGNED NOT NULL,
        mfa_method_id BIGINT UNSIGNED NOT NULL,
        code_hash CHAR(64) NOT NULL,
        attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
        expires_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        completed_at TIMESTAMP NULL,
        created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        KEY mfa_challenges_user_id_index (user_id),
        KEY mfa_challenges_mfa_method_id_index (mfa_method_id),
        KEY mfa_challenges_expires_at_index (expires_at),
        CONSTRAINT mfa_challenges_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT mfa_challenges_mfa_method_id_foreign FOREIGN KEY (mfa_method_id) REFERENCES mfa_methods (id) ON DELETE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS mfa_challenges;
    `)
  },
})

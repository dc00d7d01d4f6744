import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureSecret } from './secret-file.ts';

export interface GiteaConfig {
  readonly folder: string;
  readonly address: string;
  readonly port: number;
  /** The folder of Gitea's templates, for a binary that does not bring them. */
  readonly staticRoot: string | undefined;
}

type Section = Readonly<Record<string, string | number | boolean>>;

function sections(config: GiteaConfig, secrets: Section): Readonly<Record<string, Section>> {
  const { folder, address, port, staticRoot } = config;
  return {
    '': { APP_NAME: 'Drover lab', RUN_MODE: 'prod', WORK_PATH: folder },
    server: {
      HTTP_ADDR: address,
      HTTP_PORT: port,
      DOMAIN: address,
      ROOT_URL: `http://${address}:${port}/`,
      APP_DATA_PATH: path.join(folder, 'data'),
      DISABLE_SSH: true,
      OFFLINE_MODE: true,
      ...(staticRoot === undefined ? {} : { STATIC_ROOT_PATH: staticRoot }),
    },
    database: { DB_TYPE: 'sqlite3', PATH: path.join(folder, 'data', 'gitea.db'), SQLITE_JOURNAL_MODE: 'WAL' },
    security: { INSTALL_LOCK: true, PASSWORD_HASH_ALGO: 'pbkdf2$10000$50', ...secrets },
    service: { DISABLE_REGISTRATION: true, ENABLE_NOTIFY_MAIL: false },
    oauth2: { ENABLED: false },
    openid: { ENABLE_OPENID_SIGNIN: false, ENABLE_OPENID_SIGNUP: false },
    mailer: { ENABLED: false },
    picture: { DISABLE_GRAVATAR: true },
    repository: { ROOT: path.join(folder, 'repositories'), DEFAULT_BRANCH: 'main' },
    webhook: { ALLOWED_HOST_LIST: 'loopback', DELIVER_TIMEOUT: 5 },
    indexer: { ISSUE_INDEXER_TYPE: 'db', REPO_INDEXER_ENABLED: false },
    actions: { ENABLED: false },
    packages: { ENABLED: false },
    'cron.update_checker': { ENABLED: false },
    log: { MODE: 'console', LEVEL: 'Info', ROOT_PATH: path.join(folder, 'log') },
  };
}

/** Writes `app.ini`; its own secrets are made once and kept. @returns the file. */
export async function writeGiteaConfig(config: GiteaConfig): Promise<string> {
  const secretFile = (name: string) => path.join(config.folder, 'tokens', name);
  const makeSecret = () => randomBytes(32).toString('hex');
  const secrets = {
    SECRET_KEY: await ensureSecret(secretFile('secret.key'), makeSecret),
    INTERNAL_TOKEN: await ensureSecret(secretFile('internal.key'), makeSecret),
  };
  const text = Object.entries(sections(config, secrets)).map(([name, section]) => {
    const lines = Object.entries(section).map(([key, value]) => `${key} = ${value}`);
    return [...(name === '' ? [] : [`[${name}]`]), ...lines, ''].join('\n');
  });
  const file = path.join(config.folder, 'app.ini');
  await mkdir(config.folder, { recursive: true, mode: 0o700 });
  await writeFile(file, text.join('\n'), { mode: 0o600 });
  return file;
}

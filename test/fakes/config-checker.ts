import type { ConfigForm, ConfigToCheck, ConfigVerdict } from '../../controller/model/program-config.ts';
import type { ConfigChecker } from '../../controller/ports/config-checker.ts';

export interface FakeConfigChecker extends ConfigChecker {
  /** Every configuration that was judged, in order. */
  readonly asked: readonly ConfigToCheck[];
  /** How many were judged at once at most. */
  mostAtOnce(): number;
}

export interface FakeConfigCheckerOptions {
  /** Programs that are here; all others judge nothing. */
  readonly forms?: readonly ConfigForm[];
  readonly version?: string;
}

const allForms: readonly ConfigForm[] = [
  'consul',
  'nomad',
  'prometheus',
  'prometheus-rules',
  'nginx',
  'nomad-job',
  'prometheus-tests',
];

/** Refuses every file that holds the word `refused`, at its line. */
export function createFakeConfigChecker(options: FakeConfigCheckerOptions = {}): FakeConfigChecker {
  const { forms = allForms, version = '1' } = options;
  const asked: ConfigToCheck[] = [];
  let running = 0;
  let most = 0;
  return {
    asked,
    mostAtOnce: () => most,
    version: async (form) => (forms.includes(form) ? `${form} ${version}` : undefined),
    check: async (config, signal) => {
      signal.throwIfAborted();
      if (!forms.includes(config.form)) return undefined;
      asked.push(config);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return judge(config);
    },
  };
}

function judge({ files }: ConfigToCheck): ConfigVerdict {
  const problems = [...files].flatMap(([path, bytes]) => {
    const lines = new TextDecoder().decode(bytes).split('\n');
    const index = lines.findIndex((line) => line.includes('refused'));
    return index < 0 ? [] : [{ path, line: index + 1, message: 'the word is refused' }];
  });
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

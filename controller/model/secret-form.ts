/** What credentials look like, wherever they stand. Each is linear: one class repeated, with a fixed beginning. */
const forms: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----\s*[A-Za-z0-9+/=]{16}/ },
  { what: 'an access key of AWS', pattern: /(?<![A-Z0-9])AKIA[0-9A-Z]{16}(?![A-Z0-9])/ },
  { what: 'a token of GitHub', pattern: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{30}|github_pat_\w{30})/ },
  { what: 'a token of GitLab', pattern: /(?<!\w)glpat-[\w-]{20}/ },
  { what: 'a token of Vault', pattern: /(?<!\w)hv[sbr]\.[\w-]{20}/ },
  { what: 'a token of Slack', pattern: /(?<!\w)xox[abeoprs]-[\w-]{20}/ },
  { what: 'a key of Stripe', pattern: /(?<!\w)[sr]k_live_[A-Za-z0-9]{16}/ },
  { what: 'a key of Google', pattern: /(?<!\w)AIza[\w-]{35}/ },
  { what: 'a signed token', pattern: /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10}/ },
];

const urlPassword = /:\/\/[^\s/:@'"]{1,100}:([^\s/@'"]{1,200})@/g;

/** Names whose values are secrets; what they end with decides: PASSWORD_FILE names a file. */
const telling =
  /(?:^|[_.\-/a-z])(?:password|passwd|passphrase|secret|token|credentials?|(?:api|access|secret|private|signing|encryption)[_-]?key)$/i;

/** Longer texts are looked at as far as this. */
const longest = 1_000_000;

/** What a text holds that looks like a secret, in words that don’t repeat it; none when nothing does. */
export function secretInText(text: string): string | undefined {
  const seen = text.slice(0, longest);
  const form = forms.find(({ pattern }) => pattern.test(seen));
  if (form !== undefined) return form.what;
  const passwords = [...seen.matchAll(urlPassword)].map(([, password = '']) => password);
  return passwords.some((password) => !isPlaceholder(password)) ? 'a password in an address' : undefined;
}

/** The same for a value that has a name. */
export function secretInValue(name: string, value: string): string | undefined {
  const form = secretInText(value);
  if (form !== undefined || !telling.test(name)) return form;
  return isPlaceholder(value) || isNoSecret(value) ? undefined : 'a secret, by its name';
}

export interface Setting {
  readonly name: string;
  readonly value: string;
}

const assignments: readonly RegExp[] = [
  /^[ \t"'-]{0,40}(?:export |Environment="?)?([\w.-]{1,64})["']?[ \t]{0,20}[:=][ \t]{0,20}["']?([^\s"'`,;#(){}]{8,200})["']?[ \t,;]{0,20}$/gm,
  /"([\w.-]{1,64})"[ \t]{0,20}:[ \t]{0,20}"([^\s"\\]{8,200})"/g,
];

/** The first `NAME=value`, `name: value` or `"name": "value"` of a text whose name tells of a secret, and whose value looks made up. */
export function secretSetting(text: string): Setting | undefined {
  const seen = text.slice(0, longest);
  for (const pattern of assignments) {
    for (const [, name = '', value = ''] of seen.matchAll(pattern)) {
      const isMixed = /\d/.test(value) && /[A-Za-z]/.test(value);
      if (isMixed && secretInValue(name, value) !== undefined) return { name, value };
    }
  }
  return undefined;
}

/** Filled in later: `${…}`, `{{ … }}`, `<password>`, `$VAR`, `%s`, or stars. */
function isPlaceholder(value: string): boolean {
  return /\$\{|\{\{|\[\[|^<[^<>]*>$|^\$\w+$|^%\w$|^[*x.]+$/i.test(value);
}

/** Switches, numbers, paths and addresses that happen to stand under such a name. */
function isNoSecret(value: string): boolean {
  return /^\s*$|^(?:true|false|yes|no|on|off|none|null|\d{1,5})$|^\.{0,2}\/|^[a-z+]+:\/\//i.test(value);
}

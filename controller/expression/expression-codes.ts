import type { CodeEntry } from '../model/diagnostic-code.ts';

/** The findings about `${{ }}`. */
export const expressionCodes = {
  syntax: {
    code: 'DRV0401',
    severity: 'error',
    title: 'Expression that does not parse',
    why: 'What stands between `${{` and `}}`, or in the rule of a Policy, is not a CEL expression.',
    fix: 'correct the expression; to write a literal `${{`, double the dollar: `$${{`',
  },
  unknownName: {
    code: 'DRV0402',
    severity: 'error',
    title: 'Unknown variable',
    why: 'The expression reads a name that this environment does not define.',
    fix: 'define it under spec.environments.NAME.vars in drover.yaml, or correct the name',
  },
  unknownFunction: {
    code: 'DRV0403',
    severity: 'error',
    title: 'Unknown function',
    why: 'The function does not exist or is not available, so that every rendering gives the same bytes in bounded time.',
    fix: 'use size, string, int, double, bool, has, servers, secret or accessor',
  },
  type: {
    code: 'DRV0404',
    severity: 'error',
    title: 'Types that do not go together',
    why: 'The operator or function is not defined for values of these types.',
    fix: 'convert with string(), int() or double()',
  },
  evaluation: {
    code: 'DRV0405',
    severity: 'error',
    title: 'Expression that fails',
    why: 'The expression is well formed, but has no value here.',
    fix: 'guard it, as in `size(list) > 0 ? list[0] : "none"`',
  },
  limit: {
    code: 'DRV0406',
    severity: 'error',
    title: 'Expression past a limit',
    why: 'Expressions are bounded in length, number and work, so that no commit can stop the controller.',
    fix: 'make it smaller, or put the result into a variable of the environment',
  },
  secretUnknown: {
    code: 'DRV0407',
    severity: 'error',
    title: 'Secret that nobody declares',
    why: 'secret() names a VaultSecret, or a key of one, that does not exist in this environment.',
    fix: 'declare the VaultSecret with that key',
  },
  authUnknown: {
    code: 'DRV0408',
    severity: 'error',
    title: 'Auth mount that nobody declares',
    why: 'accessor() names a VaultAuth that does not exist in this environment.',
    fix: 'declare the VaultAuth',
  },
  noServer: {
    code: 'DRV0409',
    severity: 'error',
    title: 'No server here',
    why: '`server` is known only where a text is made for one server, as in the files and units of a MachineConfig.',
    fix: 'use servers({…}) or a variable of the environment',
  },
  notText: {
    code: 'DRV0410',
    severity: 'error',
    title: 'Value that has no text form',
    why: 'Lists, maps and null cannot be put into the middle of a text.',
    fix: 'use .join(",") on a list of strings, or pick one field',
  },
  secretAltered: {
    code: 'DRV0411',
    severity: 'error',
    title: 'Secret that is computed with',
    why: 'A secret is put in when the payload is sealed; an expression only sees a place holder.',
    fix: 'insert secret() as it is; derive values in the VaultSecret with `template`',
  },
} as const satisfies Record<string, CodeEntry>;

import type { CodeEntry } from '../model/diagnostic-code.ts';

/** Findings about HCL that would not parse to the same job everywhere. */
export const hclGuardCodes = {
  machine: {
    code: 'DRV0331',
    severity: 'error',
    title: 'HCL function that looks at the machine',
    why: 'Files and environment of the machine that parses would become part of the job, the controller’s among them.',
    fix: 'use file("path") with a literal path inside the repository, or a variable',
  },
  impure: {
    code: 'DRV0332',
    severity: 'error',
    title: 'HCL function that is not pure',
    why: 'It gives something else at each parse, so the job would differ each time it is rendered.',
    fix: 'write the value out, or take it from a variable',
  },
  argument: {
    code: 'DRV0333',
    severity: 'error',
    title: 'File read by a computed path',
    why: 'Only files that are known before the parse are laid out for it.',
    fix: 'write file("path") with a plain string: no variable, escape or template in it',
  },
  outside: {
    code: 'DRV0334',
    severity: 'error',
    title: 'File outside the repository',
    why: 'Absolute paths, `~` and `..` past the top reach the files of the machine that parses.',
    fix: 'write a path relative to the folder of the HCL file',
  },
  missing: {
    code: 'DRV0335',
    severity: 'error',
    title: 'File that the repository does not have',
    why: 'Paths are relative to the folder of the HCL file.',
    fix: 'add the file, or correct the path',
  },
  unknown: {
    code: 'DRV0336',
    severity: 'error',
    title: 'HCL function that is not known to be pure',
    why: 'Nomad 1.11 has no function of this name; one that a later version brings may read what it should not.',
    fix: 'use one of Nomad’s functions',
  },
  json: {
    code: 'DRV0337',
    severity: 'error',
    title: 'JSON where HCL is expected',
    why: 'Nomad reads a text that begins with a brace as JSON, whose strings are templates under other rules.',
    fix: 'write it in HCL, or as spec.json of a NomadJob',
  },
} as const satisfies Record<string, CodeEntry>;

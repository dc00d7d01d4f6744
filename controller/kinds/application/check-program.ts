import type { VaultSecretSpec } from '../../kinds/vault-secret/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { missingSecretKey } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { quantityOr, sizeBytes } from '../quantity.ts';
import { checkFiles } from './check-files.ts';
import type { Program } from './program.ts';
import type { ApplicationSpec } from './schema.ts';

type Definition = Resource<ApplicationSpec>;

/** What one program can't be, whichever of the application's programs it is. */
export function checkProgram(program: Program, resource: Definition, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkRun(program, resource),
    ...checkWorkdir(program, resource),
    ...checkEnvironment(program, resource),
    ...checkSecrets(program, resource, fleet),
    ...checkResources(program, resource),
    ...checkFiles(program, resource, fleet),
  ];
}

function checkRun({ spec, at }: Program, resource: Definition): readonly Diagnostic[] {
  const isEmpty = (spec.command ?? []).length === 0;
  if (spec.image === undefined && isEmpty) {
    const message = 'neither image nor command says what to run';
    return [finding(resource, at, { entry: applicationCodes.nothingToRun, message })];
  }
  if (spec.image !== undefined || spec.entrypoint === undefined) return [];
  const message = 'entrypoint takes the place of an image’s own, and there is no image';
  return [
    finding(resource, [...at, 'entrypoint'], {
      entry: kindCodes.value,
      message,
      hint: 'say it all in command',
    }),
  ];
}

/** Of an image it is a path of its own file system; Nomad's variables stand for absolute paths. */
function checkWorkdir({ spec, at }: Program, resource: Definition): readonly Diagnostic[] {
  const { workdir, image } = spec;
  if (workdir === undefined) return [];
  const isRooted = /^(?:\/|\$\{)/.test(workdir) || (image === undefined && workdir !== '');
  if (isRooted && !/\p{Cc}/u.test(workdir)) return [];
  const message = `the program can't start in "${workdir}"`;
  return [finding(resource, [...at, 'workdir'], { entry: kindCodes.path, message })];
}

/** What reads the file of variables takes no other names. */
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function checkEnvironment({ spec, at }: Program, resource: Definition): readonly Diagnostic[] {
  const variables = Object.entries(spec.secrets ?? {}).filter(([, use]) => use.file === undefined);
  const twice = variables
    .filter(([name]) => Object.hasOwn(spec.env ?? {}, name))
    .map(([name]) =>
      finding(resource, [...at, 'secrets', name], {
        entry: applicationCodes.variableTwice,
        message: `${name} is in env and in secrets`,
        related: [{ message: 'said here too', span: resource.locate([...at, 'env', name], 'key') }],
        part: 'key',
      }),
    );
  const unusable = variables
    .filter(([name]) => !variableName.test(name))
    .map(([name]) =>
      finding(resource, [...at, 'secrets', name], {
        entry: kindCodes.value,
        message: `"${name}" can’t name an environment variable that is read from a file`,
        hint: 'use letters, digits and underscores',
        part: 'key',
      }),
    );
  return [...twice, ...unusable];
}

/** A secret that is not declared is told as a reference. */
function checkSecrets({ spec, at }: Program, resource: Definition, fleet: Fleet): readonly Diagnostic[] {
  return Object.entries(spec.secrets ?? {}).flatMap(([name, { secret, key }]) => {
    const keys = fleet.find<VaultSecretSpec>('VaultSecret', secret)?.spec.keys;
    if (keys === undefined || Object.hasOwn(keys, key)) return [];
    const known = Object.keys(keys);
    return [
      finding(resource, [...at, 'secrets', name, 'key'], {
        entry: applicationCodes.secretKey,
        message: `the secret ${secret} has no key "${key}"`,
        hint: didYouMean(key, known) ?? `it has ${known.join(', ')}`,
        mistake: missingSecretKey(secret, key),
      }),
    ];
  });
}

function checkResources({ spec, at }: Program, resource: Definition): readonly Diagnostic[] {
  const { cpu, cores, memory, memoryMax } = spec.resources;
  const path = [...at, 'resources'];
  const both =
    cpu !== undefined && cores !== undefined
      ? exactlyOne(resource, path, spec.resources, ['cpu', 'cores'])
      : [];
  const reserved = quantityOr(sizeBytes, memory, 0);
  if (quantityOr(sizeBytes, memoryMax, reserved) >= reserved) return both;
  const message = `memoryMax is ${memoryMax}, and ${memory} are reserved`;
  return [...both, finding(resource, [...path, 'memoryMax'], { entry: applicationCodes.memoryMax, message })];
}

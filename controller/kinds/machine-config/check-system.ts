import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath } from '../../model/resource.ts';
import { finding, type Problem } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkMode, checkPath } from './check-path.ts';
import { isWebUrl } from './endpoint.ts';

/** Packages, artifacts, kernel settings, modules and mounts. What an expression makes of them is not known here. */
export function checkSystem(resource: MachineConfig): readonly Diagnostic[] {
  const { packages = {}, artifacts = {}, sysctls = {}, modules = [], mounts = {} } = resource.spec;
  return [
    ...Object.entries(packages).flatMap(([name, version]) => checkPackage(resource, name, version)),
    ...Object.keys(artifacts).flatMap((path) => checkArtifact(resource, path)),
    ...Object.entries(sysctls).flatMap(([key, value]) => checkSysctl(resource, key, value)),
    ...modules.flatMap((name, index) => checkModule(resource, name, index)),
    ...Object.keys(mounts).flatMap((path) => checkMount(resource, path)),
  ];
}

const anyVersion = new Set(['latest', 'present', 'installed', 'any', 'true', '']);

function checkPackage(resource: MachineConfig, name: string, version: string): readonly Diagnostic[] {
  const at = ['spec', 'packages', name];
  if (!/^[A-Za-z0-9][A-Za-z0-9+._:@-]{0,127}$/.test(name)) {
    const message = `"${name}" is no name of a package`;
    return [finding(resource, at, { entry: kindCodes.name, message, part: 'key' })];
  }
  if (version.includes('${{') || /^[A-Za-z0-9*][A-Za-z0-9.+:~^*_-]*$/.test(version)) {
    return anyVersion.has(version) ? [noVersion(resource, at, version)] : [];
  }
  return [noVersion(resource, at, version)];
}

function noVersion(resource: MachineConfig, at: FieldPath, version: string): Diagnostic {
  const message = `"${version}" is no version of a package`;
  const hint = 'write the version as the package manager spells it, "*" for any, or absent';
  return finding(resource, at, { entry: kindCodes.value, message, hint });
}

function checkArtifact(resource: MachineConfig, path: string): readonly Diagnostic[] {
  const at = ['spec', 'artifacts', path];
  const artifact = resource.spec.artifacts?.[path];
  if (artifact === undefined) return [];
  const { url, sha256, extract, mode } = artifact;
  return [
    ...checkPath(resource, at, path),
    ...unless(isWebUrl(url), resource, [...at, 'url'], {
      entry: kindCodes.webUrl,
      message: `"${url}" is no http or https address`,
    }),
    ...unless(isUnknown(sha256) || /^[0-9a-f]{64}$/.test(sha256), resource, [...at, 'sha256'], {
      entry: kindCodes.checksum,
      message: `the checksum of ${path} is not 64 lower-case hex digits: it has ${sha256.length} characters`,
      hint: checksumHint(sha256),
    }),
    ...unless(extract !== '' && !/\.\.|\p{Cc}/u.test(extract ?? ''), resource, [...at, 'extract'], {
      entry: kindCodes.value,
      message: `"${extract}" is no member of an archive`,
    }),
    ...checkMode(resource, at, mode),
  ];
}

function checksumHint(sha256: string): string {
  const digits = sha256.toLowerCase().replace(/^sha256:/, '');
  return /^[0-9a-f]{64}$/.test(digits) ? `write ${digits}` : kindCodes.checksum.fix;
}

function checkSysctl(resource: MachineConfig, key: string, value: string): readonly Diagnostic[] {
  const at = ['spec', 'sysctls', key];
  const isKey = /^[a-z0-9_-]+(?:[./][A-Za-z0-9_@:-]+)+$/.test(key);
  const dotted = key.replace(/^\/?proc\/sys\//, '').replaceAll('/', '.');
  return [
    ...unless(isKey && !key.startsWith('proc/'), resource, at, {
      entry: kindCodes.sysctl,
      message: `"${key}" is no kernel setting`,
      hint: dotted.includes('.') ? `write ${dotted}` : kindCodes.sysctl.fix,
      part: 'key',
    }),
    ...unless(value.trim() !== '' && !/[\n\0]/.test(value), resource, at, {
      entry: kindCodes.value,
      message: `${key} has no value on one line`,
    }),
  ];
}

function checkModule(resource: MachineConfig, name: string, index: number): readonly Diagnostic[] {
  return unless(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name), resource, ['spec', 'modules', index], {
    entry: kindCodes.name,
    message: `"${name}" is no name of a kernel module`,
  });
}

function checkMount(resource: MachineConfig, path: string): readonly Diagnostic[] {
  const at = ['spec', 'mounts', path];
  const mount = resource.spec.mounts?.[path];
  const fields = Object.entries(mount ?? {}).filter(([, text]) => !isUnknown(text));
  const odd = fields.filter(([, text]) => text === '' || /[\s\p{Cc}]/u.test(text));
  return [
    ...checkPath(resource, at, path),
    ...odd.map(([field, text]) =>
      finding(resource, [...at, field], {
        entry: kindCodes.mount,
        message: `the ${field} of the mount ${path} is "${text}": a field of fstab is one word`,
      }),
    ),
  ];
}

function isUnknown(text: string): boolean {
  return text.includes('${{');
}

function unless(
  isFine: boolean,
  resource: MachineConfig,
  at: FieldPath,
  problem: Problem,
): readonly Diagnostic[] {
  return isFine ? [] : [finding(resource, at, problem)];
}

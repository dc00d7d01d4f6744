import type { CodeEntry } from '../model/diagnostic-code.ts';

/** Findings about bytes and YAML. */
export const syntaxCodes = {
  yaml: {
    code: 'DRV0101',
    severity: 'error',
    title: 'Text that is not YAML',
    why: 'The document cannot be read, so nothing in it is known; the rest of the fleet is checked without it.',
    fix: 'correct the indentation, quotes or brackets at this place',
  },
  duplicateKey: {
    code: 'DRV0102',
    severity: 'error',
    title: 'Key given twice',
    why: 'Of two values for one key a reader can only lose one.',
    fix: 'keep one of the two',
  },
  encoding: {
    code: 'DRV0103',
    severity: 'error',
    title: 'File that is not UTF-8',
    why: 'Definitions are UTF-8 text.',
    fix: 'save the file as UTF-8',
  },
  limit: {
    code: 'DRV0104',
    severity: 'error',
    title: 'File past a limit',
    why: 'Size, depth and number of values are bounded, so that no commit can stop the controller.',
    fix: 'split the file',
  },
  tag: {
    code: 'DRV0105',
    severity: 'error',
    title: 'YAML tag',
    why: 'Tags of other schemas have no meaning here.',
    fix: 'remove the tag',
  },
  key: {
    code: 'DRV0106',
    severity: 'error',
    title: 'Key that is not a plain name',
    why: 'Keys are strings, and `__proto__` is refused because programs trip over it.',
    fix: 'write a plain string as key',
  },
  number: {
    code: 'DRV0107',
    severity: 'error',
    title: 'Number that is not kept',
    why: 'Infinity, NaN and whole numbers past 2^53 have no exact JSON form.',
    fix: 'quote it if it is a text',
  },
  octal: {
    code: 'DRV0110',
    severity: 'error',
    title: 'Unquoted octal',
    why: 'YAML 1.2 reads 0644 as the decimal number 644, YAML 1.1 as 420.',
    fix: 'quote it: "0644"',
  },
  yesNo: {
    code: 'DRV0111',
    severity: 'warning',
    title: 'Unquoted yes, no, on or off',
    why: 'Drover reads a text, many other YAML readers a boolean.',
    fix: 'write true or false, or quote the text',
  },
  date: {
    code: 'DRV0112',
    severity: 'warning',
    title: 'Unquoted date',
    why: 'Drover reads a text, many other YAML readers a time with a zone.',
    fix: 'quote the date',
  },
  numberForText: {
    code: 'DRV0113',
    severity: 'error',
    title: 'Number where a text is wanted',
    why: 'Unquoted, 1.20 is the number 1.2: the zero is lost.',
    fix: 'quote it',
  },
} as const satisfies Record<string, CodeEntry>;

/** Findings about drover.yaml, folders and layers. */
export const layoutCodes = {
  noProject: {
    code: 'DRV0201',
    severity: 'error',
    title: 'No drover.yaml',
    why: 'The root of the repository says with it which environments there are.',
    fix: 'write a drover.yaml with kind: Project; `drover init` makes one',
  },
  notProject: {
    code: 'DRV0202',
    severity: 'error',
    title: 'Project in the wrong place',
    why: 'There is exactly one Project, alone in drover.yaml at the root.',
    fix: 'keep one document of kind Project in drover.yaml and move all others into folders',
  },
  folderMissing: {
    code: 'DRV0204',
    severity: 'error',
    title: 'Folder that does not exist',
    why: 'An environment lists it as a layer, and there is no file below it.',
    fix: 'create it or correct the path',
  },
  folderPath: {
    code: 'DRV0205',
    severity: 'error',
    title: 'Path that leaves the repository',
    why: 'Paths are relative to the root, written plainly with forward slashes.',
    fix: 'write it as base or environments/prod',
  },
  folderTwice: {
    code: 'DRV0206',
    severity: 'error',
    title: 'Folder listed twice',
    why: 'A layer has one place in the order.',
    fix: 'keep one of the two',
  },
  version: {
    code: 'DRV0209',
    severity: 'error',
    title: 'Wrong version of Drover',
    why: 'The project says which versions may render it, because another may render other bytes.',
    fix: 'use a version in the range, or change spec.drover in a commit of its own',
  },
  versionRange: {
    code: 'DRV0210',
    severity: 'error',
    title: 'Version range that cannot be read',
    why: 'A range is one or more of <, <=, >, >=, = with a version, all of which must hold.',
    fix: 'write it as ">=0.4 <0.6"',
  },
  duplicate: {
    code: 'DRV0211',
    severity: 'error',
    title: 'Two definitions of one thing',
    why: 'The same kind and name is declared twice, and neither says that it patches the other.',
    fix: 'remove one; in a later layer add the annotation drover.dev/patch: merge',
  },
  patchAbsent: {
    code: 'DRV0212',
    severity: 'error',
    title: 'Patch of something absent',
    why: 'No earlier layer declares what the document patches.',
    fix: 'correct the name, or use drover.dev/patch: merge-or-create',
  },
  patchMode: {
    code: 'DRV0213',
    severity: 'error',
    title: 'Unknown way of patching',
    why: 'The annotation drover.dev/patch has two values.',
    fix: 'write merge or merge-or-create',
  },
  unread: {
    code: 'DRV0214',
    severity: 'warning',
    title: 'Definition that no environment reads',
    why: 'The file lies outside all folders of all environments.',
    fix: 'move it into a folder that an environment lists',
  },
  empty: {
    code: 'DRV0215',
    severity: 'error',
    title: 'Project without environments',
    why: 'Nothing would ever be rendered.',
    fix: 'declare an environment below spec.environments',
  },
  sharedCluster: {
    code: 'DRV0915',
    severity: 'error',
    title: 'Two environments own one thing',
    why: 'They are on the same cluster and would undo each other’s writes for ever.',
    fix: 'give each its own cluster, or take what they share out of one',
  },
} as const satisfies Record<string, CodeEntry>;

/** Findings about one document: its envelope and the fields of its spec. */
export const schemaCodes = {
  apiVersion: {
    code: 'DRV0301',
    severity: 'error',
    title: 'Unknown apiVersion',
    why: 'This version of Drover reads drover.dev/v1alpha1.',
    fix: 'write apiVersion: drover.dev/v1alpha1',
  },
  kind: {
    code: 'DRV0302',
    severity: 'error',
    title: 'Unknown kind',
    why: 'No kind of this name exists.',
    fix: 'use one of the kinds that this version has',
  },
  missing: {
    code: 'DRV0303',
    severity: 'error',
    title: 'Missing field',
    why: 'The field has no default.',
    fix: 'add the field',
  },
  unknownField: {
    code: 'DRV0304',
    severity: 'error',
    title: 'Unknown field',
    why: 'Nothing reads it, so it would change nothing.',
    fix: 'remove it or correct its name',
  },
  type: {
    code: 'DRV0305',
    severity: 'error',
    title: 'Value of the wrong type',
    why: 'The field takes values of another type.',
    fix: 'write a value of the expected type',
  },
  value: {
    code: 'DRV0306',
    severity: 'error',
    title: 'Value that is not allowed',
    why: 'The field takes only some words.',
    fix: 'use one of the allowed words',
  },
  constraint: {
    code: 'DRV0307',
    severity: 'error',
    title: 'Value out of bounds',
    why: 'The value has the right type and breaks a rule of the field.',
    fix: 'write a value within the rule',
  },
  name: {
    code: 'DRV0308',
    severity: 'error',
    title: 'Name that is no label',
    why: 'Names become keys, paths and host names: DNS labels of at most 63 characters.',
    fix: 'use lower-case letters, digits and dashes, beginning and ending with a letter or digit',
  },
  namespace: {
    code: 'DRV0309',
    severity: 'error',
    title: 'Namespace where there is none',
    why: 'Only kinds that live in a Nomad namespace have one.',
    fix: 'remove metadata.namespace',
  },
  unit: {
    code: 'DRV0310',
    severity: 'error',
    title: 'Number without a unit',
    why: 'Durations and sizes are texts with a unit, so that nobody has to guess it.',
    fix: 'write the unit, as in "30s" or "512Mi"',
  },
} as const satisfies Record<string, CodeEntry>;

/** Findings about the HCL of jobs that are made before and after Nomad's own parser has run. */
export const hclJobCodes = {
  variable: {
    code: 'DRV0322',
    severity: 'error',
    title: 'Variable that the HCL does not declare',
    why: 'Nomad refuses values for variables without a variable block.',
    fix: 'declare it in the HCL, or remove it',
  },
  parse: {
    code: 'DRV0323',
    severity: 'error',
    title: 'HCL that Nomad refuses',
    why: 'The words are those of Nomad’s own parser.',
    fix: 'correct the job as Nomad says',
  },
} as const satisfies Record<string, CodeEntry>;

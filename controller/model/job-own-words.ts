/** Fields of a Nomad job whose keys and values are the user's own: nothing inside is a default, an empty text included. */
export const jobOwnWords: ReadonlySet<string> = new Set([
  'Config',
  'Env',
  'Meta',
  'CanaryMeta',
  'Policy',
  'Header',
  'GetterOptions',
  'GetterHeaders',
  'TaggedAddresses',
  'Args',
]);

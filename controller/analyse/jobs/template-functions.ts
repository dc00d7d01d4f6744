const builtIn =
  'and call html index slice js len not or print printf println urlquery eq ge gt le lt ne true false nil';

const keywords = 'if else end range with define template block break continue';

const ofConsulTemplate = `
  datacenters exportedServices file key keyExists keyExistsGet keyOrDefault ls safeLs node nodes partitions peerings
  secret secrets service services connect tree safeTree caRoots caLeaf pkiCert
  nomadServices nomadService nomadVarList nomadVarListSafe nomadVar nomadVarExists scratch
  base64Decode base64Encode base64URLDecode base64URLEncode byKey byPort byTag byMeta
  contains containsAll containsAny containsNone containsNotAll env mustEnv envOrDefault executeTemplate
  explode explodeMap mergeMap mergeMapWithOverride in indent loop join trim trimPrefix trimSuffix trimSpace
  parseBool parseFloat parseInt parseJSON parseUint parseYAML plugin regexReplaceAll regexMatch replaceAll
  sha256Hex md5sum hmacSHA256Hex timestamp toLower toJSON toJSONPretty toUnescapedJSON toUnescapedJSONPretty
  toTitle toTOML toUpper toYAML split splitToMap sockaddr writeToFile
  add subtract multiply divide modulo minimum maximum spew_dump spew_printf spew_sdump spew_sprintf`;

/** Words of Go's templates that are no functions. */
export const templateKeywords: ReadonlySet<string> = new Set(keywords.split(' '));

/** All functions of a Nomad template by name, but the `sprig_` ones. */
export const templateFunctions: ReadonlySet<string> = new Set(
  `${builtIn} ${ofConsulTemplate}`.split(/\s+/).filter((word) => word !== ''),
);

export function isTemplateFunction(name: string): boolean {
  return templateFunctions.has(name) || name.startsWith('sprig_');
}

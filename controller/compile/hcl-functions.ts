const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Read one file by a path: allowed for a literal one that lies in the repository. */
export const readingFunctions: ReadonlySet<string> = new Set(['file', 'filebase64']);

/** Look at the machine that parses. Nomad has the first of these; the others are Terraform's and Packer's. */
export const machineFunctions: ReadonlySet<string> = new Set(
  words(`abspath fileexists fileset pathexpand
    filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512 templatefile
    env getenv consul_key vault aws_secretsmanager aws_secretsmanager_raw`),
);

/** Give something else at each parse, with what to write instead. */
export const impureFunctions: ReadonlyMap<string, string> = new Map([
  ['bcrypt', 'hash it once and keep the hash in a secret'],
  ['uuid', 'write the UUID out, or use uuidv5, which depends on its arguments alone'],
  ['uuidv4', 'write the UUID out, or use uuidv5, which depends on its arguments alone'],
  ['timestamp', 'write the time out, or take it from a variable'],
  ['plantimestamp', 'write the time out, or take it from a variable'],
]);

/**
 * Depend on nothing but their arguments. A closed list: a function that a later Nomad brings is refused until somebody
 * has looked at it. Source: jobspec2/functions.go of Nomad 1.11, and the type constructors of HCL variables.
 */
export const pureFunctions: ReadonlySet<string> = new Set(
  words(`abs base64decode base64encode basename can ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets
    coalesce coalescelist compact concat contains convert csvdecode dirname distinct element flatten floor format
    formatdate formatlist indent index join jsondecode jsonencode keys length log lookup lower max md5 merge min
    parseint pow range regex_replace replace reverse rsadecrypt setintersection setproduct setunion sha1 sha256 sha512
    signum slice sort split strlen strrev substr timeadd title trim trimprefix trimspace trimsuffix try upper
    urlencode uuidv5 values yamldecode yamlencode zipmap
    list map object optional set tuple`),
);

import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

const text = (description: string) => Type.String({ minLength: 1, description });
const absolutePath = (description: string) => Type.String({ pattern: '^/', description });
const label = (description: string) =>
  Type.String({ pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$', description });
const object = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** `/etc/drover/agent.yaml`: what this server is, whom it trusts, and what Drover may touch here. */
export const agentSettingsSchema = object({
  fleet: text('Name of the Project; part of what is signed.'),
  environment: label('The environment this server belongs to.'),
  server: label('Name of this server in the definitions.'),
  root: Type.String({ pattern: '^/', default: '/', description: 'Folder that managed paths lie below.' }),
  stateDirectory: absolutePath("The agent's own folder: journal, backups, logs of process units."),
  consul: object({
    address: text('Base URL of the local Consul agent.'),
    tokenFile: Type.Optional(absolutePath("File with this server's ACL token.")),
  }),
  keyFile: absolutePath('File with the X25519 secret key made by `drover keys server`.'),
  trustedKeys: Type.Array(Type.String({ pattern: '^ed25519:[A-Za-z0-9+/]{43}=$' }), {
    minItems: 1,
    description: 'Public keys of the controller: the working one and the offline recovery key.',
  }),
  textfileDirectory: absolutePath("node_exporter's textfile folder."),
  intervalMs: Type.Integer({
    minimum: 200,
    maximum: 3_600_000,
    default: 15_000,
    description: 'Pause between two heartbeats and verifications of all managed files and units.',
  }),
  heal: Type.Boolean({ default: false, description: 'Put drifted files and units back by itself.' }),
  manager: Type.Union([Type.Literal('systemd'), Type.Literal('process')], {
    default: 'systemd',
    description: '`process`: the agent supervises the units itself (containers, tests).',
  }),
  systemdScope: Type.Union([Type.Literal('system'), Type.Literal('user')], {
    default: 'system',
    description: 'Which systemd manager is asked.',
  }),
  allow: Type.Object(
    {
      paths: Type.Array(Type.String({ pattern: '^/' }), {
        default: ['/'],
        description:
          "Prefixes or globs of paths that Drover may write; the agent's own are never among them.",
      }),
      units: Type.Array(Type.String(), { default: ['*'], description: 'Globs of unit names.' }),
    },
    { additionalProperties: false, default: {} },
  ),
});

export type AgentSettings = Static<typeof agentSettingsSchema>;

/** Parses agent.yaml; all problems at once, each as one sentence that begins with the field. */
export function readAgentSettings(yamlText: string): { settings: AgentSettings } | { problems: string[] } {
  let raw: unknown;
  try {
    raw = parse(yamlText);
  } catch (error) {
    return {
      problems: [`not YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unreadable'}`],
    };
  }
  const value = Value.Default(agentSettingsSchema, Value.Clone(raw));
  if (Value.Check(agentSettingsSchema, value)) return { settings: value };
  const problems = Value.Errors(agentSettingsSchema, value).map((error) => {
    const field = error.instancePath.slice(1).replaceAll('/', '.') || 'the file';
    return `${field} ${error.message}`;
  });
  return { problems: [...new Set(problems)] };
}

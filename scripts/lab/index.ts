/**
 * Real Consul, Nomad, Vault and Gitea for tests and the demo: restartable servers on loopback, each with a data folder, ACLs on
 * and the least-privilege tokens that real installations get from `manifests/install`.
 *
 * ```ts
 * const lab = await createLab({ directory, components: ['consul', 'vault'], log: (line) => t.log(line) });
 * try {
 *   lab.consul.url;                           // http://127.0.0.1:14711
 *   lab.consul.tokens.controller;             // a file of mode 0600
 *   await lab.consul.createAgentToken({ environment: 'dev', server: 'web-1' });
 *   await lab.vault.restart();                // same port, same data, unsealed again
 * } finally {
 *   await lab.stopAll();                      // no process is left, tasks of raw_exec included
 * }
 * ```
 */
export type { AgentIdentity, ConsulServer } from './consul.ts';
export { createLab, type Lab, type LabComponent, type LabOptions } from './create-lab.ts';
export type { GiteaRepository, GiteaServer } from './gitea.ts';
export type { GiteaUser } from './gitea-api.ts';
export type { LabServer } from './lab-server.ts';
export { labVariable } from './leftovers.ts';
export type { NodeExporterOptions } from './node-exporter.ts';
export type { NomadServer } from './nomad.ts';
export type { NomadClientOptions } from './nomad-client.ts';
export type { VaultServer } from './vault.ts';

/** What Kubernetes and its neighbours call a kind, and what does the same here. */
const kindWords: Readonly<Record<string, string>> = {
  ConfigMap: 'ConsulKey',
  CronJob: 'Application',
  DaemonSet: 'Application',
  Deployment: 'Application',
  Ingress: 'Application',
  Job: 'NomadJob',
  Namespace: 'NomadNamespace',
  Node: 'Server',
  NodePool: 'NomadNodePool',
  PersistentVolumeClaim: 'NomadVolume',
  Pod: 'Application',
  PrometheusRule: 'AlertRule',
  Secret: 'VaultSecret',
  Service: 'Application',
  StatefulSet: 'Application',
};

/** The same for fields, of Compose files too. */
const fieldWords: Readonly<Record<string, string>> = {
  affinity: 'placement',
  environment: 'env',
  healthcheck: 'health',
  ingress: 'routes',
  instances: 'count',
  limits: 'memoryMax',
  livenessProbe: 'health',
  nodeSelector: 'placement',
  readinessProbe: 'health',
  replicas: 'count',
  requests: 'memory',
  scale: 'count',
  strategy: 'update',
  tolerations: 'placement',
  volumeMounts: 'volumes',
};

/** The kind of ours for another system's; `undefined` for words that nobody uses elsewhere. */
export function kindForWord(word: string, known: { has(name: string): boolean }): string | undefined {
  return ours(kindWords, word, known);
}

/** The field of ours for another system's, where there is one. */
export function fieldForWord(word: string, known: ReadonlySet<string>): string | undefined {
  return ours(fieldWords, word, known);
}

function ours(
  words: Readonly<Record<string, string>>,
  word: string,
  known: { has(name: string): boolean },
): string | undefined {
  const meant = Object.hasOwn(words, word) ? words[word] : undefined;
  return meant !== undefined && known.has(meant) ? meant : undefined;
}

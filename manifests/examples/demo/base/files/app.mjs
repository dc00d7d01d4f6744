// A small HTTP server that tells who it is. Nomad gives it an address, a port and its settings in the environment.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { hostname } from 'node:os';

const { NOMAD_IP_http: host = '127.0.0.1', NOMAD_PORT_http: port = '8080' } = process.env;
const { NOMAD_JOB_NAME: job = 'app', NOMAD_ALLOC_INDEX: index = '0', SERVER_NAME: server = hostname() } = process.env;
const { VERSION: version = '0', GREETING: greeting = 'hello', DB_PASSWORD: password } = process.env;

// The secret itself is never shown: who knows it can compare.
const secret =
  password === undefined ? '' : `, secret ${createHash('sha256').update(password).digest('hex').slice(0, 12)}`;

const app = createServer((request, response) => {
  const isHealth = request.url === '/healthz';
  const text = isHealth ? 'ok' : `${greeting}: ${job}[${index}] ${version} on ${server}${secret}`;
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
});

app.listen(Number(port), host);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

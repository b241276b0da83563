// F: a bare Fastify server that answers every path with bytes it has in memory. Its answers are the platform's own,
// read from the addresses given as `FLOOR_FROM`.
import fastify from 'fastify';

const app = fastify();
for (const [path, source] of Object.entries(JSON.parse(process.env['FLOOR_FROM'] ?? '{}') as Record<string, string>)) {
  const body = Buffer.from(await (await fetch(source)).arrayBuffer());
  app.get(path, (_request, reply) => reply.type('application/json; charset=utf-8').send(body));
}
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
process.on('SIGTERM', () => process.exit(0));
console.log('floor is ready');

/** The architecture of the platform, as a test: `node tools/boundaries.ts`. Read top to bottom; docs/adr/0002 says why. */
const tiers = require('./tools/tiers.json');

const contract = '^modules/([^/]+)/src/contract(/|\\.ts$)';
const contractSide = '^kernel/src/contract-side\\.ts$';
const tests = '\\.(test|factory)\\.tsx?$';
// A test of a context through HTTP boots the platform; it stands beside what it tests and is outside of the graph.
const platformTests = '\\.http\\.test\\.ts$';
const any = (words) => `(${words.join('|')})`;

/** A context may depend on those to its left in its own tier and on every lower tier; what is left of it in this list. */
const order = tiers.flatMap((tier) => tier.contexts);
const tiersLookDown = order.slice(0, -1).map((context, place) => ({
  name: 'tiers-look-down',
  severity: 'error',
  comment: `${context} may depend only on contexts to its left and below`,
  from: { path: `^modules/${context}/`, pathNot: platformTests },
  to: { path: `^modules/${any(order.slice(place + 1))}/` },
}));

const contractOnly = [
  // One context from another: its contract. Its tests may also use the other's factories.
  {
    from: { path: '^modules/([^/]+)/', pathNot: tests },
    to: { path: '^modules/', pathNot: ['^modules/$1/', contract] },
  },
  {
    from: { path: `^modules/([^/]+)/.*${tests}` },
    to: { path: '^modules/', pathNot: ['^modules/$1/', contract, '\\.factory\\.ts$'] },
  },
  // An application from a context: its contract. The server's registry loads the modules, and the server opens the edge.
  { from: { path: '^apps/', pathNot: ['^apps/server/', tests] }, to: { path: '^modules/', pathNot: contract } },
  { from: { path: `^apps/.*${tests}` }, to: { path: '^modules/', pathNot: [contract, '\\.factory\\.ts$'] } },
  {
    from: { path: '^apps/server/', pathNot: ['^apps/server/src/registry\\.ts$', tests] },
    to: { path: '^modules/', pathNot: [contract, '^modules/gateway/src/edge\\.ts$'] },
  },
  {
    from: { path: '^apps/server/src/registry\\.ts$' },
    to: { path: '^modules/', pathNot: [contract, '\\.module\\.ts$'] },
  },
].map((rule) => ({
  name: 'contract-only',
  severity: 'error',
  comment: 'a context is reachable through its contract, @um/<context>, and nothing else of it',
  ...rule,
}));

const database = '(^|/)node_modules/(kysely|pg)/';
const serverSide = '(^|/)node_modules/(@nestjs|fastify|kysely|pg|pg-boss|ioredis|amqplib)/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      // A page that a router loads lazily may use the router: by then it stands.
      comment: 'a cycle passes every test and kills the built artefact: "Cannot access A before initialization"',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    ...contractOnly,
    {
      name: 'contract-is-pure',
      severity: 'error',
      comment:
        'a contract holds schemas, never behaviour: zod, @um/kernel/contract, other contracts, plain files of its own',
      from: { path: contract, pathNot: tests },
      to: { pathNot: [contractSide, contract, '(^|/)node_modules/zod/', '^modules/$1/src/[^.]+\\.ts$'] },
    },
    {
      name: 'contract-is-pure',
      severity: 'error',
      comment: "what a contract is made of, the kernel's contract side with it, reaches no framework and no database",
      from: { path: [contract, contractSide], pathNot: tests },
      to: { path: ['^kernel/src/index\\.ts$', serverSide], reachable: true },
    },
    {
      name: 'sql-in-queries',
      severity: 'error',
      comment: 'SQL is a function of (db, input) in a *.queries.ts; *.schema.ts may name column types',
      from: { path: '^(modules|apps)/', pathNot: ['\\.(queries|schema)\\.ts$', tests, '^apps/server/src/postgres/'] },
      to: { path: database },
    },
    {
      name: 'sql-in-queries',
      severity: 'error',
      comment: 'a schema names column types and runs nothing',
      from: { path: '\\.schema\\.ts$' },
      to: { path: database, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'controllers-call-services',
      severity: 'error',
      comment: 'a controller translates; what happens is decided in the service',
      from: { path: '\\.controller\\.ts$' },
      to: { path: '\\.queries\\.ts$' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      comment: 'a decision is a pure function; hand it what it must know',
      from: { path: '\\.rules\\.ts$' },
      to: {
        path: `\\.(queries|service|controller|listeners|jobs|module)\\.ts$|${database}`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'kernel-knows-nobody',
      severity: 'error',
      comment: 'the kernel holds no business word',
      from: { path: '^kernel/' },
      to: { path: '^(modules|apps|ui)/' },
    },
    {
      name: 'modules-know-no-app',
      severity: 'error',
      comment: 'applications are made of contexts, never the other way round',
      from: { path: '^modules/', pathNot: platformTests },
      to: { path: '^(apps|ui)/' },
    },
    {
      name: 'modules-know-no-app',
      severity: 'error',
      comment: "a test through HTTP starts the platform by the server's testing door",
      from: { path: platformTests },
      to: { path: '^(apps|ui)/', pathNot: ['^apps/server/src/testing(/|\\.ts$)', '^apps/demo/src/index\\.ts$'] },
    },
    {
      name: 'ui-knows-no-server',
      severity: 'error',
      comment: 'shared components know neither contexts nor the server',
      from: { path: '^ui/' },
      to: { path: `^(kernel|modules|apps)/|${serverSide}` },
    },
    {
      name: 'ui-knows-no-server',
      severity: 'error',
      comment: 'shared components run in a browser',
      from: { path: '^ui/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contracts-as-types',
      severity: 'error',
      comment:
        'a web app talks HTTP; of a contract it takes types alone (import type), which leave no byte in the bundle',
      // A test compares what is shown with what the contract says.
      from: { path: '^apps/(web|admin)/', pathNot: '\\.test\\.tsx?$' },
      // The letters of Uzbek are pure, and a page is written by the same ones as the API.
      to: { path: '^(kernel|modules)/', pathNot: '^kernel/src/uzbek/', dependencyTypesNot: ['type-only'] },
    },
    ...tiersLookDown,
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'an import that leads nowhere',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { contextOf } from '../workspace.ts';
import { tiers } from './cruise.ts';
import type { Problem } from './problem.ts';

interface SourceRule {
  readonly name: string;
  readonly applies: (path: string) => boolean;
  /** What is wrong with this node, or undefined. */
  readonly judge: (node: ts.Node, path: string) => string | undefined;
}

const isTest = (path: string): boolean => /\.(test|factory)\.tsx?$/.test(path);
const isQueries = (path: string): boolean => path.endsWith('.queries.ts');

/** Rules about what a file says rather than what it imports. */
const rules: readonly SourceRule[] = [
  { name: 'clock', applies: (path) => contextOf(path) !== undefined && !isTest(path), judge: readsTheClock },
  {
    name: 'sql-in-queries',
    applies: (path) =>
      /^(modules|apps)\//.test(path) &&
      !isTest(path) &&
      !isQueries(path) &&
      !path.startsWith('apps/server/src/postgres/'),
    judge: writesSql,
  },
  { name: 'rules-are-pure', applies: (path) => path.endsWith('.rules.ts'), judge: waits },
  {
    name: 'only-the-edge-calls-watchers',
    applies: (path) => contextOf(path) !== undefined && contextOf(path) !== 'gateway' && !isTest(path),
    judge: callsWatcher,
  },
];

/** Reads every file once and applies the rules to each node of its syntax tree. */
export function checkSources(root: string, files: readonly string[]): Problem[] {
  return files.flatMap((path) => {
    const applying = rules.filter((rule) => rule.applies(path));
    if (applying.length === 0) return [];
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true, kind);
    return judgeTree(file, applying);
  });
}

function judgeTree(file: ts.SourceFile, applying: readonly SourceRule[]): Problem[] {
  const problems: Problem[] = [];
  const visit = (node: ts.Node): void => {
    for (const { name, judge } of applying) {
      const text = judge(node, file.fileName);
      if (text === undefined) continue;
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      problems.push({ rule: name, at: `${file.fileName}:${line}`, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

/** Business code is told the time (ctx.now), so that a test can set it. */
function readsTheClock(node: ts.Node): string | undefined {
  const isDate = (e: ts.Expression): boolean => ts.isIdentifier(e) && e.text === 'Date';
  const bare = ts.isNewExpression(node) && isDate(node.expression) && (node.arguments?.length ?? 0) === 0;
  const asFunction = ts.isCallExpression(node) && isDate(node.expression);
  const now = ts.isPropertyAccessExpression(node) && isDate(node.expression) && node.name.text === 'now';
  return bare || asFunction || now ? `${node.getText()} reads the clock; use ctx.now` : undefined;
}

const statements = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'replaceInto',
  'executeQuery',
]);

/** A query builder needs no import to be misused: the connection is injected everywhere. */
function writesSql(node: ts.Node): string | undefined {
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    statements.has(node.expression.name.text)
  ) {
    return `.${node.expression.name.text}() belongs in a *.queries.ts`;
  }
  const tagged = ts.isTaggedTemplateExpression(node) && /^sql(\.|<|$)/.test(node.tag.getText());
  return tagged ? 'a sql`…` belongs in a *.queries.ts' : undefined;
}

function waits(node: ts.Node): string | undefined {
  const asynchronous = ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword;
  return asynchronous ? 'a rule decides at once, from what it is given' : undefined;
}

const watchers = new Set(tiers.find((tier) => tier.name === 'watchers')?.contexts);

/** A context may hear a watcher's events and use its types, but not hold its contract: that is what a call needs. */
function callsWatcher(node: ts.Node, path: string): string | undefined {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return undefined;
  const watcher = /^@um\/([^/]+)$/.exec(node.moduleSpecifier.text)?.[1];
  if (watcher === undefined || !watchers.has(watcher) || watcher === contextOf(path)) return undefined;
  const bindings = node.importClause?.namedBindings;
  const takesAll = bindings !== undefined && ts.isNamespaceImport(bindings);
  const takesContract =
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.some((e) => (e.propertyName ?? e.name).text === watcher);
  return takesAll || takesContract ? `${watcher} is called by the edge alone` : undefined;
}

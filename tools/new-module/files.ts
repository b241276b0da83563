/** The words of a new context: `lesson` in files and tables, `Lesson` in types and classes. */
interface Words {
  readonly name: string;
  readonly Name: string;
}

/** Every file of a new context by its path in the module: a small whole, from the table to the route, ready to be changed. */
export function moduleFiles(name: string): Record<string, string> {
  const words: Words = { name, Name: name.charAt(0).toUpperCase() + name.slice(1) };
  const { Name } = words;
  return {
    'package.json': manifest(name),
    'tsconfig.json': `{ "extends": "../../tsconfig.base.json", "references": [{ "path": "../../kernel" }] }\n`,
    'README.md': readme(words),
    [`migrations/0001_${name}.sql`]: migration(words),
    'src/contract.ts': contractFile(words),
    [`src/${name}.controller.ts`]: controller(words),
    [`src/${name}.service.ts`]: service(words),
    [`src/${name}.rules.ts`]: rules(words),
    [`src/${name}.rules.test.ts`]: rulesTest(words),
    [`src/${name}.queries.ts`]: queries(words),
    [`src/${name}.schema.ts`]: schema(words),
    [`src/${name}.factory.ts`]: factory(words),
    [`src/${name}.module.ts`]: `import { Module } from '@nestjs/common';
import { serves } from '@um/kernel';
import { ${name} } from './contract.js';
import { ${Name}Controller } from './${name}.controller.js';
import { ${Name}Service } from './${name}.service.js';

@Module({ controllers: [${Name}Controller], providers: [${Name}Service, serves(${name}, ${Name}Service)] })
export class ${Name}Module {}
`,
  };
}

function manifest(name: string): string {
  const entry = (file: string) => ({
    source: `./src/${file}.ts`,
    types: `./dist/${file}.d.ts`,
    default: `./dist/${file}.js`,
  });
  const value = {
    name: `@um/${name}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: {
      '.': entry('contract'),
      './module': entry(`${name}.module`),
      './testing': entry(`${name}.factory`),
      './package.json': './package.json',
    },
    dependencies: { '@um/kernel': '*' },
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

const readme = ({ name, Name }: Words): string => `# ${name}

What this context is for, in one sentence.

| | |
| --- | --- |
| owns | table \`${name}\` |
| answers | \`${name}.get\` |
| calls | nobody |
| tells | \`${name}.added.v1\` |
| hears | nothing |

What always holds:

- a ${Name} is read and written by its owner alone (\`${name}.rules.ts\`)
`;

const migration = ({ name }: Words): string => `create table ${name} (
  id uuid primary key,
  owner_id uuid not null,
  title text not null,
  created_at timestamptz not null
);
`;

const contractFile = ({
  name,
  Name,
}: Words): string => `import { contract, errors, event, query } from '@um/kernel/contract';
import { z } from 'zod';

export const ${Name} = z.object({ id: z.uuid(), ownerId: z.uuid(), title: z.string(), createdAt: z.iso.datetime() });
export type ${Name} = z.infer<typeof ${Name}>;

export const Add${Name} = z.strictObject({ title: z.string().trim().min(1).max(200) });
export type Add${Name} = z.infer<typeof Add${Name}>;

export const ${name}Added = event('${name}.added.v1', z.object({ ${name}Id: z.uuid() }), (p) => p.${name}Id);

export const ${name} = contract('${name}', {
  /** One ${name}; null when it is somebody else's or gone. */
  get: query(z.object({ id: z.uuid() }), ${Name}.nullable()),
});

export const ${name}Errors = errors('${name}', {
  NOT_FOUND: { status: 404, message: { uz: 'Topilmadi.', ru: 'Не найдено.', en: 'Not found.' } },
});
`;

const controller = ({
  name,
  Name,
}: Words): string => `import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { Add${Name}, ${Name} } from './contract.js';
import { ${Name}Service } from './${name}.service.js';

const ById = z.strictObject({ id: z.uuid() });

@Controller('api/v1/${name}s')
export class ${Name}Controller {
  constructor(@Inject(${Name}Service) private readonly ${name}s: ${Name}Service) {}

  @Get(':id')
  @Allow('parent')
  @Answers(${Name})
  @Summary('One ${name} of the signed-in person')
  one(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.${name}s.one(ctx, id);
  }

  @Post()
  @Allow('parent')
  @Answers(${Name}, 201)
  @Summary('Adds a ${name}')
  add(@Actor() ctx: Ctx, @Body({ schema: Add${Name} }) body: Add${Name}) {
    return this.${name}s.add(ctx, body);
  }
}
`;

const service = ({ name, Name }: Words): string => `import { Inject, Injectable } from '@nestjs/common';
import { inTx, newId, record, type Ctx, type Db, type Handlers } from '@um/kernel';
import { ${name}Added, ${name}Errors, type Add${Name}, type ${Name}, type ${name} } from './contract.js';
import { insert${Name}, ${name}ById } from './${name}.queries.js';
import { mayRead } from './${name}.rules.js';
import type { ${Name}Schema } from './${name}.schema.js';

/** What people do with a ${name}. */
@Injectable()
export class ${Name}Service implements Handlers<typeof ${name}> {
  constructor(@Inject('${name}.db') private readonly db: Db<${Name}Schema>) {}

  async get(ctx: Ctx, { id }: { id: string }): Promise<${Name} | null> {
    const found = await ${name}ById(this.db, id);
    if (!found || !mayRead(ctx, found.owner_id)) return null;
    return { id: found.id, ownerId: found.owner_id, title: found.title, createdAt: found.created_at.toISOString() };
  }

  /** Like \`get\`, for the edge: somebody else's ${name} is as good as none. */
  async one(ctx: Ctx, id: string): Promise<${Name}> {
    const found = await this.get(ctx, { id });
    if (!found) throw ${name}Errors.NOT_FOUND();
    return found;
  }

  /** Adds a ${name} of the signed-in person and tells of it. */
  async add(ctx: Ctx, { title }: Add${Name}): Promise<${Name}> {
    const id = newId(ctx.now);
    await inTx(this.db, async (tx) => {
      await insert${Name}(tx, { id, owner_id: ctx.actor!, title, created_at: ctx.now });
      await record(tx, ctx, ${name}Added, { ${name}Id: id });
    });
    return this.one(ctx, id);
  }
}
`;

const rules = ({ name }: Words): string => `import type { Ctx } from '@um/kernel';

/** A ${name} is its owner's alone; a guest owns nothing. */
export const mayRead = ({ actor }: Pick<Ctx, 'actor'>, ownerId: string): boolean => actor !== null && actor === ownerId;
`;

const rulesTest = ({ name, Name }: Words): string => `import { expect, test } from 'vitest';
import { a${Name} } from './${name}.factory.js';
import { mayRead } from './${name}.rules.js';

const { ownerId } = a${Name}();

test('the owner reads', () => expect(mayRead({ actor: ownerId }, ownerId)).toBe(true));
test('another person does not', () => expect(mayRead({ actor: a${Name}().id }, ownerId)).toBe(false));
test('a guest does not', () => expect(mayRead({ actor: null }, ownerId)).toBe(false));
`;

const queries = ({ name, Name }: Words): string => `import type { Tx } from '@um/kernel';
import type { Insertable } from 'kysely';
import type { ${Name}Schema, ${Name}Table } from './${name}.schema.js';

type Db = Tx<${Name}Schema>;

/** The ${name} with this id, if there is one. */
export const ${name}ById = (db: Db, id: string) =>
  db.selectFrom('${name}').select(['id', 'owner_id', 'title', 'created_at']).where('id', '=', id).executeTakeFirst();

/** Adds a row. */
export const insert${Name} = (db: Db, row: Insertable<${Name}Table>) => db.insertInto('${name}').values(row).execute();
`;

const schema = ({ name, Name }: Words): string => `import type { StandardTables } from '@um/kernel';

export interface ${Name}Table {
  id: string;
  owner_id: string;
  title: string;
  created_at: Date;
}

export interface ${Name}Schema extends StandardTables {
  ${name}: ${Name}Table;
}
`;

const factory = ({ name, Name }: Words): string => `import { newId } from '@um/kernel';
import type { ${Name} } from './contract.js';

/** A ${name} for tests; say only what matters to the test. */
export const a${Name} = (change: Partial<${Name}> = {}): ${Name} => ({
  id: newId(),
  ownerId: newId(),
  title: 'A ${name}',
  createdAt: '2026-03-01T08:00:00.000Z',
  ...change,
});
`;

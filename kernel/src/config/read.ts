import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Setting, Shape } from './setting.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** Every setting that is wrong, in one message an operator can act upon. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.name = 'SettingsError';
  }
}

const isSecret = (setting: Setting): boolean =>
  setting.meta()?.['secret'] === true || (setting instanceof z.ZodOptional && isSecret(setting.unwrap() as Setting));

/** The variable itself, or the content of the file that `NAME_FILE` names: orchestrators hand secrets over as files. */
function textOf(name: string, env: Env, problems: string[]): string | undefined {
  const own = env[name] || undefined;
  const file = env[`${name}_FILE`] || undefined;
  if (file === undefined) return own;
  if (own !== undefined) problems.push(`${name} and ${name}_FILE are both set`);
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    problems.push(`${name}_FILE cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'} ${file}`);
    return undefined;
  }
}

const shown = (setting: Setting, text: string | undefined): string =>
  text === undefined || isSecret(setting) ? '' : ` (it is ${JSON.stringify(text)})`;

/** Reads the settings of a shape; an empty variable counts as absent. Raises one `SettingsError` for all that is wrong. */
export function readShape<S extends Shape>(shape: S, env: Env): Readonly<{ [K in keyof S]: z.output<S[K]> }> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(shape)) {
    const before = problems.length;
    const text = textOf(name, env, problems);
    if (problems.length > before) continue;
    const result = setting.safeParse(text);
    if (result.success) values[name] = result.data;
    else problems.push(...result.error.issues.map((issue) => `${name} ${issue.message}${shown(setting, text)}`));
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(values) as Readonly<{ [K in keyof S]: z.output<S[K]> }>;
}

/** Variables that begin with `prefix` and are no setting: most likely misspelt. */
export function unknownSettings(shape: Shape, env: Env, prefix = 'UM_'): string[] {
  return Object.keys(env).filter((name) => name.startsWith(prefix) && !(name.replace(/_FILE$/, '') in shape));
}

import { SettingsError } from '@um/kernel';
import { SetupError } from '@um/kernel/postgres';
import { commands } from './commands.js';
import { CommandError } from './open.js';
import { table } from './table.js';

const overview = (): string =>
  [
    'um <command> [--help]',
    '',
    table(
      ['command', 'what it does'],
      Object.entries(commands).map(([name, { summary }]) => [name, summary]),
    ),
  ].join('\n');

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(`${overview()}\n`);
    return 0;
  }
  const command = commands[name];
  if (!command) throw new CommandError(`there is no command ${name}\n\n${overview()}`);
  if (args.includes('--help')) {
    process.stdout.write(`${[command.usage, `  ${command.summary}`, command.more].filter(Boolean).join('\n')}\n`);
    return 0;
  }
  return command.run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof CommandError || error instanceof SettingsError || error instanceof SetupError;
  const text = error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`um: ${text}\n`);
  process.exitCode = 1;
}

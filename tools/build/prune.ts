import { existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes what the compiler made from sources that are gone. It never does so itself, and a file left behind could still
 * be imported. Only files with a declaration beside them are the compiler's; bundles in the same folder stay.
 */
export function pruneOrphans(workspace: string): void {
  for (const declaration of globSync('**/*.d.ts', { cwd: join(workspace, 'dist') })) {
    const stem = declaration.slice(0, -'.d.ts'.length);
    if (['.ts', '.tsx', '.d.ts'].some((end) => existsSync(join(workspace, 'src', stem + end)))) continue;
    for (const end of ['.d.ts', '.js', '.js.map', '.jsx']) rmSync(join(workspace, 'dist', stem + end), { force: true });
    // Without its record the compiler looks at every file again instead of trusting what it wrote before.
    rmSync(join(workspace, 'dist', '.tsbuildinfo'), { force: true });
  }
}

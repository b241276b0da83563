import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const br = promisify(brotliCompress);
const gz = promisify(gzip);
const TEXT = /\.(js|css|svg|html|json|webmanifest|txt)$/;

/** Writes `.br` and `.gz` beside every text file of the build, so that nothing is compressed while people wait. */
export function precompress(): Plugin {
  let out = '';
  return {
    name: 'um:precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      out = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const names = await readdir(out, { recursive: true });
      await Promise.all(
        names.filter((name) => TEXT.test(name) && !name.includes('.vite')).map((name) => compressFile(join(out, name))),
      );
    },
  };
}

async function compressFile(path: string): Promise<void> {
  if ((await stat(path)).size < 600) return;
  const body = await readFile(path);
  await Promise.all([
    br(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }).then((data) => writeFile(`${path}.br`, data)),
    gz(body, { level: 9 }).then((data) => writeFile(`${path}.gz`, data)),
  ]);
}

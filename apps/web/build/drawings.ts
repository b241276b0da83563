import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import type { Plugin } from 'vite';
import { avatarDrawings, categoryDrawings } from './emoji.ts';

interface IconSet {
  readonly icons: Readonly<Record<string, { body: string }>>;
  readonly aliases?: Readonly<Record<string, { parent: string }>>;
}

const source = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
const EMOJI_PX = 192;

/** Draws what is drawn once and shown often: children's signs and category pictures (Fluent Emoji, MIT) and the app's own icon in every size. */
export function drawings(): Plugin {
  return {
    name: 'um:drawings',
    apply: 'build',
    async generateBundle() {
      const set = JSON.parse(
        readFileSync(fileURLToPath(import.meta.resolve('@iconify-json/fluent-emoji/icons.json')), 'utf8'),
      ) as IconSet;
      const logo = Buffer.from(source('../public/favicon.svg'));
      const maskable = Buffer.from(source('./maskable.svg'));
      const emit = async (fileName: string, image: Sharp): Promise<void> => {
        this.emitFile({ type: 'asset', fileName, source: await image.toBuffer() });
      };
      await Promise.all([
        ...Object.entries(avatarDrawings).map(([name, icon]) =>
          emit(`drawn/avatar-${name}.webp`, drawEmoji(set, icon)),
        ),
        ...categoryDrawings.map((icon) => emit(`drawn/${icon}.webp`, drawEmoji(set, icon))),
        ...[192, 512].map((edge) =>
          emit(`icons/icon-${edge}.png`, sharp(logo, { density: 600 }).resize(edge, edge).png()),
        ),
        emit('icons/maskable-512.png', sharp(maskable, { density: 600 }).resize(512, 512).png()),
        sharp(logo, { density: 600 })
          .resize(32, 32)
          .png()
          .toBuffer()
          .then((png) => this.emitFile({ type: 'asset', fileName: 'favicon.ico', source: icoOf(png) })),
        emit('icons/apple-touch-icon.png', sharp(maskable, { density: 600 }).resize(180, 180).png()),
      ]);
    },
  };
}

function drawEmoji(set: IconSet, icon: string): Sharp {
  const found = set.icons[icon] ?? set.icons[set.aliases?.[icon]?.parent ?? ''];
  if (!found) throw new Error(`Fluent Emoji has no ${icon}`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 32 32" width="${EMOJI_PX}" height="${EMOJI_PX}">${found.body}</svg>`;
  return sharp(Buffer.from(svg)).webp({ quality: 82, alphaQuality: 90 });
}

/** A picture of 32 by 32 in the wrapping that browsers ask every site for: one entry, its data a PNG. */
function icoOf(png: Buffer): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(32, 6);
  head.writeUInt8(32, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

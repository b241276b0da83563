import type { Band, Box, Drawing } from './layout.ts';

const style = `
  :root { --ground: #ffffff; --band: #f4f6fa; --ink: #1c2434; --soft: #66708a; --box: #ffffff; --rim: #cfd6e4; --calls: #2f6fdb; --hears: #d9822b; --knows: #9aa4b8; }
  @media (prefers-color-scheme: dark) {
    :root { --ground: #11151d; --band: #191f2b; --ink: #e8ecf5; --soft: #97a2ba; --box: #232b3a; --rim: #3a455a; --calls: #74a4ff; --hears: #f0a95c; --knows: #66718a; }
  }
  .ground { fill: var(--ground); } .band { fill: var(--band); }
  .box { fill: var(--box); stroke: var(--rim); }
  text { font: 15px ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; fill: var(--ink); }
  .name { text-anchor: middle; font-weight: 600; }
  .tier { fill: var(--soft); font-size: 14px; } .key { fill: var(--soft); font-size: 13px; }
  path { fill: none; stroke-width: 1.6; opacity: 0.75; }
  .calls { stroke: var(--calls); } .hears { stroke: var(--hears); stroke-dasharray: 5 4; } .knows { stroke: var(--knows); stroke-dasharray: 1.5 4; stroke-linecap: round; }
`;

const legend = [
  ['calls', 'calls'],
  ['hears', 'hears events'],
  ['knows', 'uses its words only'],
] as const;

/** The drawing as an SVG file that follows the reader's light or dark theme. */
export function toSvg(drawing: Drawing): string {
  const height = drawing.height + 28;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawing.width} ${height}" role="img" aria-labelledby="title">`,
    '<title id="title">The contexts of UltraMarket, from the edge down to the ground; every line points down or to the left</title>',
    `<style>${style}</style>`,
    `<rect class="ground" width="${drawing.width}" height="${height}" rx="16"/>`,
    ...drawing.bands.map(drawBand),
    ...drawing.lines.map(
      ({ edge, path }) =>
        `<path class="${edge.manner}" d="${path}"><title>${edge.from} ${edge.manner} ${edge.to}</title></path>`,
    ),
    ...drawing.bands.flatMap((band) => band.boxes.map(drawBox)),
    ...legend.map(([manner, words], index) => drawKey(manner, words, 136 + index * 180, drawing.height + 6)),
    '</svg>',
    '',
  ].join('\n');
}

const drawBand = ({ name, x, y, width, height }: Band): string =>
  `<rect class="band" x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/>` +
  `<text class="tier" x="${x + 20}" y="${y + height / 2 + 5}">${name}</text>`;

const drawBox = ({ name, x, y, width, height }: Box): string =>
  `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>` +
  `<text class="name" x="${x + width / 2}" y="${y + height / 2 + 5}">${name}</text>`;

const drawKey = (manner: string, words: string, x: number, y: number): string =>
  `<path class="${manner}" d="M${x} ${y}h36"/><text class="key" x="${x + 46}" y="${y + 5}">${words}</text>`;

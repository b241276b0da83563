import type { Edge, Graph } from './model.ts';

/** A box on the drawing; lengths in SVG units. */
export interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Band extends Box {
  readonly boxes: readonly Box[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly Band[];
  readonly lines: readonly { readonly edge: Edge; readonly path: string }[];
}

const page = { width: 1080, margin: 24, label: 112 };
const band = { height: 104, gap: 20 };
const box = { width: 132, height: 44 };
const stagger = 36;

/** Places the applications, every tier and the kernel below each other, and a line for every dependency. */
export function layOut(graph: Graph): Drawing {
  const rows = [{ name: 'apps', contexts: graph.apps }, ...graph.tiers, { name: 'kernel', contexts: ['kernel'] }];
  const bands = rows.map((row, index) => placeBand(row.name, row.contexts, index));
  const boxes = new Map(bands.flatMap((b) => (b.name === 'apps' ? [] : b.boxes)).map((b) => [b.name, b]));
  const lines = graph.edges.map((edge) => ({ edge, path: line(graph.edges, boxes, edge) }));
  return {
    width: page.width,
    height: page.margin * 2 + rows.length * (band.height + band.gap) - band.gap,
    bands,
    lines,
  };
}

function placeBand(name: string, contexts: readonly string[], index: number): Band {
  const y = page.margin + index * (band.height + band.gap);
  const area = { x: page.margin + page.label, width: page.width - 2 * page.margin - page.label };
  const step = area.width / contexts.length;
  // Odd rows stand a little to the side, so that a line between distant tiers shows beside the boxes it passes.
  const shift = name === 'kernel' ? 0 : index % 2 === 0 ? -stagger : stagger;
  const wide = name === 'kernel' ? area.width - 48 : box.width;
  const boxes = contexts.map((context, i) => ({
    name: context,
    x: Math.round(area.x + shift + step * (i + 0.5) - wide / 2),
    y: y + (band.height - box.height) / 2,
    width: wide,
    height: box.height,
  }));
  return { name, x: page.margin, y, width: page.width - 2 * page.margin, height: band.height, boxes };
}

/** A curve from the caller down to the called; inside a tier it dips below the boxes. */
function line(edges: readonly Edge[], boxes: ReadonlyMap<string, Box>, edge: Edge): string {
  const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
  if (!from || !to) throw new Error(`no box for ${edge.from} -> ${edge.to}`);
  const start = {
    x: port(
      boxes,
      from,
      edges.filter((e) => e.from === edge.from).map((e) => e.to),
      edge.to,
    ),
    y: from.y + from.height,
  };
  const sameTier = from.y === to.y;
  const end = {
    x: port(
      boxes,
      to,
      edges.filter((e) => e.to === edge.to).map((e) => e.from),
      edge.from,
    ),
    y: sameTier ? to.y + to.height : to.y,
  };
  const pull = sameTier ? 26 : (end.y - start.y) / 2;
  const lastPull = sameTier ? end.y + pull : end.y - pull;
  return `M${start.x} ${start.y}C${start.x} ${start.y + pull} ${end.x} ${lastPull} ${end.x} ${end.y}`;
}

/** Where on a box's edge a line meets it: neighbours fan out in the order in which they stand, so lines cross less. */
function port(boxes: ReadonlyMap<string, Box>, at: Box, neighbours: readonly string[], neighbour: string): number {
  const across = [...neighbours].sort((a, b) => (boxes.get(a)?.x ?? 0) - (boxes.get(b)?.x ?? 0) || (a < b ? -1 : 1));
  const share = (across.indexOf(neighbour) + 1) / (across.length + 1);
  return Math.round(at.x + 12 + (at.width - 24) * share);
}

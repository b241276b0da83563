import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** The declarations of the rule with exactly this selector, outside of media queries unless `media` is given. */
function rule(selector: string, media = false): Record<string, string> {
  const source = media
    ? (css.match(/@media \(prefers-color-scheme: dark\) \{[\s\S]*?\n\}/g) ?? []).join('\n')
    : css.replace(/@media[^{]*\{[\s\S]*?\n\}/g, '');
  const found = [...source.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, head]) =>
    head!.split(',').some((part) => part.trim() === selector),
  );
  if (found.length === 0) throw new Error(`tokens.css has no rule ${selector}`);
  return Object.fromEntries(
    found.flatMap(([, , body]) =>
      [...body!.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]),
    ),
  );
}

const light = rule(":root[data-theme='light']");
const dark = { ...light, ...rule(":root[data-theme='dark']") };
const themes = {
  light,
  dark,
  'child, light': { ...light, ...rule(":root[data-mode='child']") },
  'child, dark': {
    ...dark,
    ...rule(":root[data-mode='child']"),
    ...rule(":root[data-mode='child'][data-theme='dark']"),
  },
};

function luminance(hex: string): number {
  const parts = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * parts[0]! + 0.7152 * parts[1]! + 0.0722 * parts[2]!;
}

function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Text on its ground: WCAG AA asks for 4.5. */
const texts = [
  ['ink', 'canvas'],
  ['ink', 'surface'],
  ['ink', 'sunken'],
  ['ink', 'raised'],
  ['ink-soft', 'canvas'],
  ['ink-soft', 'surface'],
  ['ink-soft', 'sunken'],
  ['brand-ink', 'canvas'],
  ['brand-ink', 'surface'],
  ['brand-ink', 'brand-soft'],
  ['ink-soft', 'brand-soft'],
  ['on-brand', 'brand'],
  ['on-brand', 'brand-hover'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['accent-ink', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['danger-ink', 'danger-soft'],
  ['danger-ink', 'surface'],
  ['ok-ink', 'ok-soft'],
  ['hero-ink', 'hero'],
  ['hero-soft', 'hero'],
] as const;
/** Edges of fields and rings of focus: 3. */
const edges = [
  ['line-strong', 'surface'],
  ['line-strong', 'canvas'],
  ['focus', 'surface'],
  ['brand', 'surface'],
  ['danger', 'surface'],
] as const;

describe.each(Object.entries(themes))('%s', (_name, tokens) => {
  const of = (name: string): string => tokens[`--${name}`] ?? '';

  test.each(texts)('%s can be read on %s', (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(edges)('%s can be seen on %s', (edge, ground) => {
    expect(contrast(of(edge), of(ground))).toBeGreaterThanOrEqual(3);
  });
});

test('following the system gives the same dark colours as choosing dark', () => {
  expect(rule(':root:not([data-theme])', true)).toEqual(rule(":root[data-theme='dark']"));
  expect(rule(":root[data-mode='child']:not([data-theme])", true)).toEqual(
    rule(":root[data-mode='child'][data-theme='dark']"),
  );
});

import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import {
  Button,
  Checkbox,
  Input,
  LoadMore,
  pinAfter,
  Picture,
  Price,
  ProductCard,
  Progress,
  Quantity,
  Tabs,
  Timeline,
  UiProvider,
  type UiWords,
} from './index.js';

const words: UiWords = {
  close: 'Close',
  loading: 'Loading',
  loadMore: 'More',
  retry: 'Again',
  increase: 'Plus',
  decrease: 'Minus',
  quantity: 'Quantity',
  required: 'required',
  menu: 'Menu',
  theme: 'Theme',
  themeLight: 'light',
  themeDark: 'dark',
  themeSystem: 'system',
  language: 'Language',
  breadcrumbs: 'Path',
  digit: (place, of) => `${place}/${of}`,
};
const html = (element: ReactElement): string =>
  renderToStaticMarkup(
    <UiProvider locale="uz" words={words}>
      {element}
    </UiProvider>,
  );
const money = (amount: number) => ({ amount, currency: 'UZS' as const });

test('an earlier price is struck out only when it was higher', () => {
  expect(html(<Price money={money(900_000)} was={money(1_000_000)} />)).toContain('<s ');
  expect(html(<Price money={money(900_000)} was={money(900_000)} />)).not.toContain('<s ');
  expect(html(<Price money={money(900_000)} was={money(800_000)} />)).not.toContain('<s ');
});

test('a busy button keeps its place and refuses presses', () => {
  const busy = html(<Button busy>Save</Button>);
  expect(busy).toContain('aria-disabled="true"');
  expect(busy).toContain('aria-label="Loading"');
  expect(busy).not.toContain('disabled=""');
});

test('a field names its error to screen readers', () => {
  const field = html(<Input id="mail" label="Mail" error="Wrong" hint="Hint" />);
  expect(field).toContain('for="mail"');
  expect(field).toContain('aria-invalid="true"');
  expect(field).toContain('aria-describedby="mail-note"');
  expect(field).toContain('id="mail-note"');
  expect(field).not.toContain('Hint');
});

test('a box is not ticked by itself', () => {
  expect(html(<Checkbox label="I agree" />)).not.toContain('checked');
});

test('a product card is one link, named by its title', () => {
  const card = html(<ProductCard href="/p/x" title="Castle" pictureId={null} price={money(100)} />);
  expect(card.match(/<a /g)).toHaveLength(1);
  expect(card).toMatch(/<a href="\/p\/x"[^>]*>Castle<\/a>/);
});

test('a picture comes in two widths and loads late unless it is among the first', () => {
  const late = html(<Picture id="7" alt="A" sizes="10rem" />);
  expect(late).toContain('/api/v1/files/7/320.webp 320w, /api/v1/files/7/640.webp 640w');
  expect(late).toContain('loading="lazy"');
  expect(html(<Picture id="7" alt="A" sizes="10rem" eager />)).toContain('loading="eager"');
  expect(html(<Picture id={null} alt="A" sizes="10rem" />)).toContain('aria-label="A"');
});

test('the stepper stops at its ends', () => {
  const nothing = (): void => undefined;
  expect(html(<Quantity value={1} max={5} onChange={nothing} label="x" />)).toMatch(/aria-label="Minus"[^>]*disabled/);
  expect(html(<Quantity value={5} max={5} onChange={nothing} label="x" />)).toMatch(/aria-label="Plus"[^>]*disabled/);
});

test('a list never loads by itself: there is a button, and at the end there is none', () => {
  expect(html(<LoadMore more onMore={() => undefined} />)).toContain('>More</button>');
  expect(
    html(
      <LoadMore more={false} onMore={() => undefined}>
        End
      </LoadMore>,
    ),
  ).not.toContain('<button');
});

test('the present step of a timeline is marked', () => {
  const line = html(
    <Timeline
      label="Steps"
      steps={[
        { id: 'a', title: 'A', state: 'done' },
        { id: 'b', title: 'B', state: 'now' },
        { id: 'c', title: 'C', state: 'later' },
      ]}
    />,
  );
  expect(line.match(/aria-current="step"/g)).toHaveLength(1);
  expect(line).toMatch(/aria-current="step"[^]*>B</);
});

test('one tab is open and the others are out of the tab order', () => {
  const tabs = html(
    <Tabs
      label="T"
      current="b"
      onChange={() => undefined}
      tabs={[
        { id: 'a', label: 'A', content: 'first' },
        { id: 'b', label: 'B', content: 'second' },
      ]}
    />,
  );
  expect(tabs).toContain('second');
  expect(tabs).not.toContain('first');
  expect(tabs).toMatch(/aria-selected="false" tabindex="-1"/);
});

test('progress never says more than its whole', () => {
  expect(html(<Progress value={12} max={10} label="Used" />)).toContain('aria-valuenow="10"');
});

test('a PIN takes digits one by one or pasted, and nothing else', () => {
  expect(pinAfter('', 0, '4', 4)).toBe('4');
  expect(pinAfter('48', 2, '2', 4)).toBe('482');
  expect(pinAfter('', 0, '48 21', 4)).toBe('4821');
  expect(pinAfter('48', 2, 'x', 4)).toBe('48');
  expect(pinAfter('4821', 1, '9', 4)).toBe('49');
  expect(pinAfter('', 0, '123456789', 6)).toBe('123456');
});

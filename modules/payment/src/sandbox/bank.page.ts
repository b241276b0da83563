import { textFor, type Locale, type LocalText } from '@um/kernel';

/** What the pay page shows. `form` is null when there is nothing to decide any more. */
export interface PayPage {
  readonly transactionId: string;
  readonly amountTiyin: number;
  readonly description: string;
  readonly backTo: string;
  readonly locale: Locale;
  readonly form: { readonly until: number; readonly signature: string } | null;
  /** The page's own address without `lang`, for the language links. */
  readonly address: string;
}

const texts = {
  bank: { uz: 'Sinov banki', ru: 'Тестовый банк', en: 'Test bank' },
  notice: {
    uz: 'Bu sinov sahifasi: haqiqiy pul yechilmaydi.',
    ru: 'Это тестовая страница: настоящие деньги не списываются.',
    en: 'This is a test page: no real money is taken.',
  },
  toPay: { uz: 'Toʻlov summasi', ru: 'К оплате', en: 'To pay' },
  pay: { uz: 'Toʻlash', ru: 'Оплатить', en: 'Pay' },
  decline: { uz: 'Rad etish', ru: 'Отклонить', en: 'Decline' },
  done: {
    uz: 'Bu toʻlov boʻyicha qaror qabul qilingan.',
    ru: 'По этому платежу решение уже принято.',
    en: 'This payment has already been decided.',
  },
  back: { uz: 'Doʻkonga qaytish', ru: 'Вернуться в магазин', en: 'Back to the shop' },
  language: { uz: 'Til', ru: 'Язык', en: 'Language' },
} satisfies Record<string, LocalText>;

const languages = [
  ['uz', 'Oʻzbekcha', 'uz'],
  ['uz-Cyrl', 'Ўзбекча', 'ўз'],
  ['ru', 'Русский', 'ru'],
  ['en', 'English', 'en'],
] as const;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => ENTITIES[c]!);

const CURRENCY: LocalText = { uz: 'soʻm', ru: 'сум', en: 'soʻm' };

/** An amount as people read it: `50 000 soʻm`, with tiyin only when there are some. */
export function amountText(tiyin: number, locale: Locale): string {
  const whole = String(Math.floor(tiyin / 100)).replaceAll(/\B(?=(\d{3})+$)/g, '\u202F');
  const rest = tiyin % 100 === 0 ? '' : `,${String(tiyin % 100).padStart(2, '0')}`;
  return `${whole}${rest}\u00A0${textFor(CURRENCY, locale)}`;
}

const STYLE = `
:root{color-scheme:light dark;--page:#eef2f1;--card:#fff;--ink:#17211f;--soft:#5b6a66;--line:#d7dfdc;--main:#0b6e5f;--on-main:#fff;--mark:#fff4d6;--mark-ink:#5c4300}
@media (prefers-color-scheme:dark){:root{--page:#0f1614;--card:#18211f;--ink:#ecf3f1;--soft:#a3b3ae;--line:#2e3a37;--main:#5fd0bb;--on-main:#06231d;--mark:#3a3013;--mark-ink:#ffe6a3}}
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;display:grid;place-items:center;padding:1rem;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:1.25rem;padding:1.5rem;display:grid;gap:1.25rem}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.5rem 1rem}
.bank{display:flex;align-items:center;gap:.6rem;font-weight:650;white-space:nowrap}
.bank svg{width:1.75rem;height:1.75rem;color:var(--main)}
nav{display:flex;gap:.15rem}
nav a{padding:.4rem .5rem;border-radius:.6rem;color:var(--soft);text-decoration:none;font-size:.875rem;text-transform:uppercase}
nav a[aria-current]{background:var(--page);color:var(--ink);font-weight:650}
h1{margin:0;font-size:1rem;font-weight:400;color:var(--soft)}
.amount{margin:.1rem 0 0;font-size:2.1rem;line-height:1.2;font-weight:700;font-variant-numeric:tabular-nums}
.what{margin:.35rem 0 0;overflow-wrap:anywhere}
.notice{margin:0;padding:.7rem .9rem;border-radius:.8rem;background:var(--mark);color:var(--mark-ink);font-size:.925rem}
form{display:grid;gap:.6rem}
button,.back{font:inherit;font-weight:650;min-height:3.25rem;border-radius:.9rem;border:1px solid transparent;cursor:pointer;text-align:center;text-decoration:none;display:grid;place-items:center}
.pay{background:var(--main);color:var(--on-main)}
.decline,.back{background:transparent;color:var(--ink);border-color:var(--line)}
:focus-visible{outline:3px solid var(--main);outline-offset:3px}`;

const LOGO =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M3 9.5 12 4l9 5.5"/><path d="M4 9.5h16M6 9.5V17m4-7.5V17m4-7.5V17m4-7.5V17M4 20h16"/></svg>';

function decisionForm({ form, transactionId, locale }: PayPage): string {
  if (!form) return `<p class="what" role="status">${textFor(texts.done, locale)}</p>`;
  return `<form method="post" action="/api/v1/payments/sandbox/pay/${escape(transactionId)}">
<input type="hidden" name="until" value="${form.until}"><input type="hidden" name="signature" value="${escape(form.signature)}">
<button class="pay" name="decision" value="paid">${textFor(texts.pay, locale)}</button>
<button class="decline" name="decision" value="declined">${textFor(texts.decline, locale)}</button></form>`;
}

/** The bank's pay page: complete in itself, without scripts. */
export function payPage(page: PayPage): string {
  const { locale } = page;
  const link = ([code, name, sign]: (typeof languages)[number]): string =>
    `<a href="${escape(page.address)}&amp;lang=${code}" lang="${code}" title="${name}" aria-label="${name}"${code === locale ? ' aria-current="true"' : ''}>${sign}</a>`;
  const bank = textFor(texts.bank, locale);
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${bank} · ${escape(amountText(page.amountTiyin, locale))}</title><style>${STYLE}</style></head>
<body><main>
<header><div class="bank">${LOGO}<span>${bank}</span></div><nav aria-label="${textFor(texts.language, locale)}">${languages.map(link).join('')}</nav></header>
<section><h1>${textFor(texts.toPay, locale)}</h1><p class="amount">${escape(amountText(page.amountTiyin, locale))}</p><p class="what">${escape(page.description)}</p></section>
<p class="notice">${textFor(texts.notice, locale)}</p>
${decisionForm(page)}
${page.form ? '' : `<a class="back" href="${escape(page.backTo)}">${textFor(texts.back, locale)}</a>`}
</main></body></html>`;
}

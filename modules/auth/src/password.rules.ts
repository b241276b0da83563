/** Why a password is refused. */
export type PasswordProblem = 'short' | 'common' | 'monotonous' | 'personal';

export const PASSWORD_MIN = 10;

/** What people here build their passwords of: words, names, cities and keyboard rows in Uzbek, Russian and English. */
const COMMON = new Set(
  `parol parolim mening meningparolim salom assalom assalomalaykum assalomualaykum bismillah bismilla alloh allohim muhammad yaxshi sevgi sevgilim jonim hayot hayotim dunyo vatan vatanim
  onajon otajon onajonim dadajon oyijon bolajon qizim oglim oila oilam baxt baxtli uzbekistan uzbekiston ozbekiston uzbek ozbek toshkent tashkent samarqand samarkand buxoro bukhara andijon
  andijan fargona fergana namangan navoiy xorazm urganch nukus qarshi termiz guliston jizzax pakhtakor paxtakor
  пароль паролъ мойпароль привет приветик здравствуйте любовь люблю ялюблютебя солнышко зайка котик наташа марина настя сергей андрей саша максим россия москва ташкент самарканд узбекистан
  йцукен йцукенг йцукенгшщз фывапролдж ячсмить спартак семья мамочка счастье
  password passw passwd pass letmein welcome qwerty qwertyuiop qwertyuiopasdfghjkl asdfgh asdfghjkl zxcvbn zxcvbnm iloveyou loveyou love sunshine princess football baseball dragon monkey master
  superman batman pokemon minecraft roblox admin administrator root user guest test demo hello helloworld secret changeme default login ultramarket market shop family children google
  qazwsx qazwsxedc qweasd qweasdzxc abcdef abcdefgh abcdefghij abc abcd asd qwe zxc`.split(/\s+/),
);

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const APOSTROPHES = /[ʻʼ'`‘’]/g;

/** One way of writing for words that look alike. */
const plain = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(APOSTROPHES, '').replaceAll('ё', 'е');
const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '');
const unleet = (text: string): string => [...text].map((c) => LEET[c] ?? c).join('');

/** `salomsalom` is no better than `salom`. */
function withoutRepeats(word: string): string {
  for (let size = 2; size <= word.length / 2; size++) {
    if (word.length % size === 0 && word.slice(0, size).repeat(word.length / size) === word) return word.slice(0, size);
  }
  return word;
}

function isCommon(password: string): boolean {
  // Figures alone are telephone numbers and dates of birth.
  if (/^[\d\s.+()/-]+$/.test(password)) return true;
  const trimmed = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const forms = [letters(password), letters(trimmed), letters(unleet(trimmed)), letters(unleet(password))];
  return forms.some((form) => COMMON.has(form) || COMMON.has(withoutRepeats(form)));
}

/** Few different signs, or a run up or down such as 1234567890. */
function isMonotonous(password: string): boolean {
  if (new Set(password).size < 5) return true;
  const codes = [...password].map((c) => c.codePointAt(0)!);
  const steps = codes.slice(1).filter((code, i) => Math.abs(code - codes[i]!) <= 1).length;
  return steps / (codes.length - 1) > 0.7;
}

/** Holds the local part of the e-mail or a part of the name. Parts under four letters say nothing. */
function isPersonal(password: string, person: { email: string; name: string }): boolean {
  const parts = [
    person.email.split('@')[0]!,
    ...person.email.split('@')[0]!.split(/[^\p{L}\p{N}]+/u),
    ...person.name.split(/\s+/),
  ]
    .map(plain)
    .filter((part) => part.length >= 4);
  const forms = [password, unleet(password)];
  return parts.some((part) => forms.some((form) => form.includes(part) || (form.length >= 4 && part.includes(form))));
}

/** What is wrong with a password, or null when it is good enough. Length counts for more than kinds of signs. */
export function passwordProblem(password: string, person: { email: string; name: string }): PasswordProblem | null {
  const read = plain(password);
  if ([...read].length < PASSWORD_MIN) return 'short';
  if (isMonotonous(read)) return 'monotonous';
  if (isCommon(read)) return 'common';
  if (isPersonal(read, person)) return 'personal';
  return null;
}

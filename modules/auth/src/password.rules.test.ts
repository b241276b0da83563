import { describe, expect, test } from 'vitest';
import { passwordProblem } from './password.rules.js';

const person = { email: 'nodira.karimova@example.com', name: 'Nodira Karimova' };
const problem = (password: string) => passwordProblem(password, person);

describe('a password', () => {
  test.each([
    'qish-kechasi-choy',
    'синий чайник поёт',
    'three tall poplars',
    'tuya 7 marta suv ichdi',
    'Zx9-kPo2-vvT1',
  ])('%s is good enough', (password) => expect(problem(password)).toBeNull());

  test.each(['short', 'nine nine', '123456789'])('%s is too short', (password) =>
    expect(problem(password)).toBe('short'),
  );

  test.each([
    'parol123456',
    'PAROL123456',
    'p@rol123456',
    'salomsalom',
    'Assalom1234',
    'assalomu alaykum',
    'toshkent2024',
    'Oʻzbekiston1991',
    "o'zbekiston!",
    'bismilla2020',
    'onajonim2010',
    'пароль1234',
    'приветпривет',
    'йцукенгшщз',
    'ташкент2024',
    'люблю123456',
    'password12',
    'P@ssw0rd2024',
    'qwertyuiop',
    'qwerty12345',
    'iloveyou123',
    'ultramarket1',
    '!!!letmein!!!',
    '1qazwsxedc1',
  ])('%s is common', (password) => expect(problem(password)).toBe('common'));

  test.each(['+998 90 123-45-67', '93 507 18 46', '24.07.1985', '998946381752'])(
    '%s, figures alone, is common',
    (password) => expect(problem(password)).toBe('common'),
  );

  test.each(['aaaaaaaaaaaa', 'abababababab', '1234567890', 'abcdefghijkl', '9876543210'])(
    '%s is monotonous',
    (password) => expect(problem(password)).toBe('monotonous'),
  );

  test.each(['nodira-2015-x', 'xx-karimova-9', 'nodira.karimova', 'N0dira-kuchuk'])(
    '%s gives the person away',
    (password) => expect(problem(password)).toBe('personal'),
  );

  test('short parts of a name say nothing', () => {
    expect(passwordProblem('umidli kunlar', { email: 'umi@example.com', name: 'Ali Umi' })).toBeNull();
  });
});

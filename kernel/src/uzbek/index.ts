/** Uzbek in its two alphabets: pure, for the server and for the browser. */
export { cyrillic } from './cyrillic.js';
export { plainLatin } from './letters.js';

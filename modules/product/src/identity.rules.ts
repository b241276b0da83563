/** The rates of VAT in force, in percent: the common one, and nothing for who is exempt. */
export const VAT_RATES: readonly number[] = [0, 12];

/** EAN-8, UPC-A, EAN-13, and a GTIN-14 of a carton. */
const BARCODE = /^(?:\d{8}|\d{12,14})$/;

/** True for a barcode of a length that is in use, whatever its last digit. */
export const hasBarcodeLength = (code: string): boolean => BARCODE.test(code);

/** True when the last digit is the one that the others lead to (GS1): from the right every second digit counts three times. */
export function hasCheckDigit(code: string): boolean {
  const digits = [...code].toReversed().map(Number);
  return digits.reduce((sum, digit, place) => sum + (place % 2 === 1 ? digit * 3 : digit), 0) % 10 === 0;
}

/** The countries of ISO 3166-1, by their two letters. */
const COUNTRIES: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
    'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT ' +
    'JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP ' +
    'MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA ' +
    'RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT ' +
    'TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

/** Every country there is, in the order of its letters. */
export const COUNTRY_CODES: readonly string[] = [...COUNTRIES];

/** True for the two letters of a country, as ISO 3166-1 writes them. */
export const isCountry = (code: string): boolean => COUNTRIES.has(code);

import type { LocalText } from '@um/kernel/contract';

/** Everything that can be wrong with a field of a seller's file, as its seller is told. `{…}` are gaps. */
const TEXTS = {
  MISSING: { uz: 'toʻldirilmagan', ru: 'не заполнено', en: 'is not filled in' },
  EMPTY: {
    uz: 'juda qisqa, kamida {limit} ta belgi kerak',
    ru: 'слишком коротко, нужно не меньше символов: {limit}',
    en: 'is too short, it needs at least {limit} characters',
  },
  TOO_LONG: {
    uz: 'juda uzun, koʻpi bilan {limit} ta belgi',
    ru: 'слишком длинно, не больше символов: {limit}',
    en: 'is too long, {limit} characters at most',
  },
  TOO_FEW: {
    uz: 'kamida {limit} ta boʻlishi kerak',
    ru: 'должно быть не меньше: {limit}',
    en: 'needs at least {limit}',
  },
  TOO_MANY: {
    uz: 'koʻpi bilan {limit} ta boʻlishi mumkin',
    ru: 'может быть не больше: {limit}',
    en: 'may have {limit} at most',
  },
  TOO_SMALL: {
    uz: '{limit} dan kam boʻlmasligi kerak',
    ru: 'не может быть меньше {limit}',
    en: 'may not be below {limit}',
  },
  TOO_BIG: { uz: '{limit} dan oshmasligi kerak', ru: 'не может быть больше {limit}', en: 'may not be above {limit}' },
  NOT_A_TEXT: { uz: 'matn boʻlishi kerak', ru: 'должно быть текстом', en: 'must be a text' },
  NOT_A_NUMBER: { uz: 'son boʻlishi kerak', ru: 'должно быть числом', en: 'must be a number' },
  NOT_A_WHOLE_NUMBER: { uz: 'butun son boʻlishi kerak', ru: 'должно быть целым числом', en: 'must be a whole number' },
  NOT_A_LIST: { uz: 'roʻyxat boʻlishi kerak', ru: 'должно быть списком', en: 'must be a list' },
  NOT_ONE_OF: {
    uz: 'quyidagilardan biri boʻlishi kerak: {values}',
    ru: 'должно быть одним из: {values}',
    en: 'must be one of: {values}',
  },
  NOT_DIGITS: {
    uz: '{digits} ta raqamdan iborat boʻlishi kerak',
    ru: 'должно состоять из цифр, количество: {digits}',
    en: 'must be {digits} digits',
  },
  NOT_A_BARCODE: {
    uz: 'EAN-8, EAN-13, UPC yoki GTIN-14 boʻlishi kerak: 8, 12, 13 yoki 14 ta raqam',
    ru: 'должен быть EAN-8, EAN-13, UPC или GTIN-14: 8, 12, 13 или 14 цифр',
    en: 'must be an EAN-8, EAN-13, UPC or GTIN-14: 8, 12, 13 or 14 digits',
  },
  WRONG_CHECK_DIGIT: {
    uz: 'oxirgi raqami mos emas: shtrix-kod xato yozilgan',
    ru: 'последняя цифра не сходится: штрихкод записан с ошибкой',
    en: 'has a last digit that does not fit: the barcode is misspelt',
  },
  NOT_A_COUNTRY: {
    uz: 'mamlakatning ikki bosh harfi boʻlishi kerak (ISO 3166-1), masalan UZ',
    ru: 'должны быть две заглавные буквы страны (ISO 3166-1), например UZ',
    en: 'must be two capital letters of a country (ISO 3166-1), such as UZ',
  },
  NEEDS_MXIK: {
    uz: 'MXIKsiz boʻlmaydi: qadoq kodi MXIK kodiga tegishli',
    ru: 'не бывает без ИКПУ: код упаковки относится к ИКПУ',
    en: 'needs an MXIK code, which it is the package of',
  },
  MORE_THAN_PICTURES: {
    uz: 'rasmlardan koʻp boʻlmasligi kerak',
    ru: 'не может быть больше, чем изображений',
    en: 'may not be more than the pictures',
  },
  OTHER_WORDS_FOR_PICTURE: {
    uz: 'bitta rasmga ikki xil matn berilgan',
    ru: 'у одного изображения два разных текста',
    en: 'the same picture with two different texts',
  },
  HAS_DIVIDER: {
    uz: '“|” belgisi boʻlmasligi kerak',
    ru: 'не может содержать знак «|»',
    en: 'may not hold the sign “|”',
  },
  UNKNOWN_FIELD: {
    uz: 'bunday maydon yoʻq: {names}',
    ru: 'нет такого поля: {names}',
    en: 'there is no such field: {names}',
  },
  BAD_VALUE: { uz: 'qiymati notoʻgʻri', ru: 'неверное значение', en: 'has a wrong value' },
  BROKEN_TEXT: {
    uz: 'oʻqib boʻlmaydigan belgi bor',
    ru: 'содержит нечитаемый символ',
    en: 'holds a character that cannot be read',
  },
  BELOW_AGE_MIN: { uz: 'eng kichik yoshdan past', ru: 'ниже минимального возраста', en: 'is below the lowest age' },
  SAME_SKU: {
    uz: 'bu SKU mahsulotda ikki marta uchraydi',
    ru: 'этот SKU встречается в товаре дважды',
    en: 'the same SKU twice in one product',
  },
  NO_OPTIONS: { uz: 'mahsulotda tanlov yoʻq', ru: 'у товара нет вариантов выбора', en: 'the product has no options' },
  NEEDS_OPTIONS: {
    uz: 'aynan shu tanlovlar kerak: {options}',
    ru: 'нужны ровно эти параметры: {options}',
    en: 'needs exactly these options: {options}',
  },
  SAME_CHOICE: {
    uz: 'bu tanlov ikki marta uchraydi',
    ru: 'такой вариант встречается дважды',
    en: 'the same choice twice',
  },
  NOT_ABOVE_PRICE: {
    uz: 'eski narx yangi narxdan yuqori boʻlishi kerak',
    ru: 'старая цена должна быть выше новой',
    en: 'the old price must be above the price',
  },
  DIFFERS: {
    uz: 'mahsulotning birinchi satridagidan farq qiladi',
    ru: 'отличается от первой строки этого товара',
    en: 'differs from the first row of the product',
  },
  PICTURE_ADDRESS: {
    uz: 'bu manzildan rasm olib boʻlmaydi: {url}',
    ru: 'с этого адреса нельзя взять изображение: {url}',
    en: 'no picture may be fetched from this address: {url}',
  },
  PICTURE_UNREACHABLE: {
    uz: 'rasmni olib boʻlmadi: {url}',
    ru: 'не удалось получить изображение: {url}',
    en: 'the picture could not be fetched: {url}',
  },
  PICTURE_TOO_LARGE: {
    uz: 'rasm 10 MB dan katta: {url}',
    ru: 'изображение больше 10 МБ: {url}',
    en: 'the picture is larger than 10 MB: {url}',
  },
  PICTURE_TOO_SMALL: {
    uz: 'rasm 200 × 200 nuqtadan kichik: {url}',
    ru: 'изображение меньше 200 × 200 пикселей: {url}',
    en: 'the picture is smaller than 200 × 200 pixels: {url}',
  },
  NO_PICTURE: {
    uz: 'bu rasm emas yoki buzilgan: {url}',
    ru: 'это не изображение или оно повреждено: {url}',
    en: 'this is no picture, or it is damaged: {url}',
  },
} as const satisfies Record<string, LocalText>;

export type Reason = keyof typeof TEXTS;
export const reasons: Readonly<Record<Reason, LocalText>> = TEXTS;

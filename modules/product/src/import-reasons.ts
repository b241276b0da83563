import type { LocalText } from '@um/kernel';

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

import { errors } from '@um/kernel/contract';

/** What can be wrong with a file of products as a whole, or with one of its lines. */
export const importErrors = errors('product', {
  BAD_PICTURE: {
    status: 422,
    message: {
      uz: 'Mahsulot yuklandi, lekin rasmi olinmadi.',
      ru: 'Товар загружен, но без изображения.',
      en: 'The product is imported, but a picture is missing.',
    },
  },
  NO_IMPORT: { status: 404, message: { uz: 'Import topilmadi.', ru: 'Импорт не найден.', en: 'Import not found.' } },
  BAD_LINE: { status: 400, message: { uz: 'Satr notoʻgʻri.', ru: 'Строка с ошибкой.', en: 'The line is not valid.' } },
  BAD_JSON: {
    status: 400,
    message: {
      uz: 'Satr JSON koʻrinishida emas.',
      ru: 'Строка не является корректным JSON.',
      en: 'The line is not JSON.',
    },
  },
  BAD_COLUMNS: {
    status: 400,
    message: {
      uz: 'Jadval ustunlari notoʻgʻri: nomaʼlum, yetishmayotgan yoki takrorlangan ustun bor.',
      ru: 'Столбцы таблицы неверны: есть неизвестные, недостающие или повторяющиеся.',
      en: 'The columns of the table are wrong: some are unknown, missing or there twice.',
    },
  },
  BAD_CSV: {
    status: 400,
    message: {
      uz: 'CSV faylni oʻqib boʻlmadi: qoʻshtirnoq notoʻgʻri qoʻyilgan.',
      ru: 'Файл CSV не читается: кавычки расставлены неверно.',
      en: 'The CSV file cannot be read: a quotation mark is out of place.',
    },
  },
  BAD_XLSX: {
    status: 400,
    message: {
      uz: 'Bu XLSX jadval emas, fayl buzilgan yoki juda katta.',
      ru: 'Это не таблица XLSX, либо файл повреждён или слишком велик.',
      en: 'This is no XLSX workbook, or it is damaged or too large.',
    },
  },
  TOO_MANY_ROWS: {
    status: 413,
    message: {
      uz: 'Katalog XLSX varaqqa sigʻmaydi. CSV yoki NDJSON formatini tanlang.',
      ru: 'Каталог не помещается на лист XLSX. Выберите CSV или NDJSON.',
      en: 'The catalog does not fit on a sheet of XLSX. Choose CSV or NDJSON.',
    },
  },
  IMPORT_OVER: {
    status: 409,
    message: {
      uz: 'Import allaqachon tugagan.',
      ru: 'Импорт уже завершён.',
      en: 'The import is over already.',
    },
  },
  FILE_TOO_LARGE: {
    status: 413,
    message: {
      uz: 'Fayl juda katta. Uni qismlarga boʻlib yuklang.',
      ru: 'Файл слишком большой. Загрузите его частями.',
      en: 'The file is too large. Upload it in parts.',
    },
  },
  EMPTY_FILE: {
    status: 400,
    message: {
      uz: 'Faylda birorta ham satr yoʻq.',
      ru: 'В файле нет ни одной строки.',
      en: 'There is not a single line in the file.',
    },
  },
});

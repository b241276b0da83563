import { errors } from '@um/kernel/contract';

/** What may go wrong with addresses, categories and brands. */
export const catalogErrors = errors('product', {
  SLUG_TAKEN: {
    status: 409,
    message: { uz: 'Bu manzil band.', ru: 'Этот адрес занят.', en: 'This address is taken.' },
  },
  TREE_BUSY: {
    status: 409,
    message: {
      uz: 'Turkumlar daraxtini hozir boshqalar ham oʻzgartirmoqda. Qaytadan urinib koʻring.',
      ru: 'Дерево категорий сейчас меняет кто-то ещё. Попробуйте снова.',
      en: 'The category tree is being changed by somebody else. Please try again.',
    },
  },
  CATEGORY_NOT_FOUND: {
    status: 404,
    message: { uz: 'Turkum topilmadi.', ru: 'Категория не найдена.', en: 'Category not found.' },
  },
  CATEGORY_TAKEN: {
    status: 409,
    message: {
      uz: 'Bunday kodli turkum bor yoki bor edi.',
      ru: 'Категория с таким кодом есть или была.',
      en: 'There is or was a category with this code.',
    },
  },
  NO_BRAND: {
    status: 404,
    message: { uz: 'Bunday brend yoʻq.', ru: 'Такого бренда нет.', en: 'There is no such brand.' },
  },
  BAD_BRAND: {
    status: 400,
    message: {
      uz: 'Brendni bunday saqlab boʻlmaydi: nomi boshqa brendniki, rasmi ochiq rasm emas yoki doʻkoni tasdiqlanmagan.',
      ru: 'Бренд так сохранить нельзя: имя другого бренда, файл — не открытая картинка или магазин не подтверждён.',
      en: 'The brand cannot be kept so: the name is another brand’s, the file is no public picture, or the store is not verified.',
    },
  },
});

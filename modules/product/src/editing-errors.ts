import { errors } from '@um/kernel/contract';

/** What can be wrong when a product is written in the panel. */
export const editingErrors = errors('product', {
  /** `problems`: the fields and why, in the reader's language. */
  NOT_VALID: {
    status: 422,
    message: {
      uz: 'Mahsulotda xatolar bor. Belgilangan maydonlarni toʻgʻrilang.',
      ru: 'В товаре есть ошибки. Исправьте отмеченные поля.',
      en: 'The product has mistakes. Mend the fields that are marked.',
    },
  },
  KEY_TAKEN: {
    status: 409,
    message: {
      uz: 'Bu kodli mahsulot doʻkonda allaqachon bor.',
      ru: 'Товар с таким кодом в магазине уже есть.',
      en: 'The store has a product with this code already.',
    },
  },
  CHANGED_MEANWHILE: {
    status: 409,
    message: {
      uz: 'Mahsulot shu orada oʻzgardi. Sahifani yangilab, oʻzgarishlarni qayta kiriting.',
      ru: 'Товар тем временем изменился. Обновите страницу и внесите изменения заново.',
      en: 'The product changed meanwhile. Reload the page and make your changes again.',
    },
  },
  NO_DRAFT: { status: 404, message: { uz: 'Qoralama topilmadi.', ru: 'Черновик не найден.', en: 'Draft not found.' } },
  TOO_MANY_DRAFTS: {
    status: 409,
    message: {
      uz: 'Doʻkonda qoralamalar juda koʻp. Keraksizlarini oʻchiring.',
      ru: 'В магазине слишком много черновиков. Удалите ненужные.',
      en: 'The store has too many drafts. Remove those you do not need.',
    },
  },
});

import { errors } from '../errors.js';

const unavailable = {
  uz: 'Bu boʻlim hozir javob bermayapti. Birozdan soʻng qayta urinib koʻring.',
  ru: 'Этот раздел сейчас не отвечает. Попробуйте чуть позже.',
  en: 'This part of the service is not answering right now. Please try again shortly.',
};

export const wireErrors = errors('wire', {
  UNAVAILABLE: { status: 503, message: unavailable },
  TIMEOUT: { status: 503, message: unavailable },
  UNKNOWN_CALL: {
    status: 404,
    message: { uz: 'Bunday chaqiruv yoʻq.', ru: 'Такого вызова нет.', en: 'There is no such call.' },
  },
  FORBIDDEN: { status: 403, message: { uz: 'Ruxsat berilmagan.', ru: 'Доступ запрещён.', en: 'Not allowed.' } },
  BUG: {
    status: 500,
    message: {
      uz: 'Ichki xatolik yuz berdi.',
      ru: 'Произошла внутренняя ошибка.',
      en: 'Something went wrong on our side.',
    },
  },
});

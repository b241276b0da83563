import { errors } from '../errors.js';

export const httpErrors = errors('http', {
  INVALID: {
    status: 400,
    message: {
      uz: 'Maʼlumotlar toʻgʻri toʻldirilmagan.',
      ru: 'Данные заполнены неверно.',
      en: 'Some of the data is not valid.',
    },
  },
  BAD_REQUEST: {
    status: 400,
    message: { uz: 'Soʻrov notoʻgʻri.', ru: 'Неверный запрос.', en: 'The request is not valid.' },
  },
  SIGN_IN: {
    status: 401,
    message: { uz: 'Avval hisobingizga kiring.', ru: 'Сначала войдите в аккаунт.', en: 'Please sign in first.' },
  },
  FORBIDDEN: {
    status: 403,
    message: {
      uz: 'Bu amal sizga ruxsat etilmagan.',
      ru: 'Это действие вам недоступно.',
      en: 'You are not allowed to do this.',
    },
  },
  STEP_UP: {
    status: 403,
    message: {
      uz: 'Davom etish uchun parolingizni yana bir bor kiriting.',
      ru: 'Чтобы продолжить, введите пароль ещё раз.',
      en: 'Enter your password again to continue.',
    },
  },
  CSRF: {
    status: 403,
    message: {
      uz: 'Sahifani yangilab, qayta urinib koʻring.',
      ru: 'Обновите страницу и попробуйте снова.',
      en: 'Reload the page and try again.',
    },
  },
  NOT_FOUND: { status: 404, message: { uz: 'Topilmadi.', ru: 'Не найдено.', en: 'Not found.' } },
  IN_PROGRESS: {
    status: 409,
    message: {
      uz: 'Xuddi shu soʻrov hozir bajarilmoqda.',
      ru: 'Такой же запрос уже выполняется.',
      en: 'The same request is already being processed.',
    },
  },
  TOO_LARGE: {
    status: 413,
    message: { uz: 'Soʻrov hajmi juda katta.', ru: 'Слишком большой запрос.', en: 'The request is too large.' },
  },
  BAD_CURSOR: {
    status: 400,
    message: {
      uz: 'Sahifa belgisi eskirgan. Roʻyxatni boshidan oching.',
      ru: 'Метка страницы устарела. Откройте список сначала.',
      en: 'The page marker is out of date. Open the list from the start.',
    },
  },
  KEY_REQUIRED: {
    status: 400,
    message: {
      uz: 'Idempotency-Key sarlavhasi kerak.',
      ru: 'Нужен заголовок Idempotency-Key.',
      en: 'The Idempotency-Key header is required.',
    },
  },
  KEY_REUSED: {
    status: 422,
    message: {
      uz: 'Bu kalit boshqa soʻrov uchun ishlatilgan.',
      ru: 'Этот ключ уже использован для другого запроса.',
      en: 'This key was used for a different request.',
    },
  },
  UNAVAILABLE: {
    status: 503,
    message: {
      uz: 'Xizmat hozir javob bermayapti. Birozdan soʻng qayta urinib koʻring.',
      ru: 'Сервис сейчас не отвечает. Попробуйте чуть позже.',
      en: 'The service is not answering right now. Please try again shortly.',
    },
  },
  UNEXPECTED: {
    status: 500,
    message: {
      uz: 'Kutilmagan xatolik. Biz buni koʻrib chiqamiz.',
      ru: 'Непредвиденная ошибка. Мы уже разбираемся.',
      en: 'Something went wrong on our side.',
    },
  },
});

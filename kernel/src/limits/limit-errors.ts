import { errors } from '../errors.js';

export const limitErrors = errors('limits', {
  TOO_MANY: {
    status: 429,
    message: {
      uz: 'Juda koʻp soʻrov yuborildi. Birozdan soʻng qayta urinib koʻring.',
      ru: 'Слишком много запросов. Повторите попытку чуть позже.',
      en: 'Too many requests. Please try again a little later.',
    },
  },
  UNAVAILABLE: {
    status: 503,
    message: {
      uz: 'Hozir buni xavfsiz bajarib boʻlmayapti. Birozdan soʻng qayta urinib koʻring.',
      ru: 'Сейчас это нельзя сделать безопасно. Повторите попытку чуть позже.',
      en: 'This cannot be done safely right now. Please try again a little later.',
    },
  },
});

/** What is bought to be downloaded. */
export const downloads = {
  kind: 'Yuklab olinadi',
  after: 'Toʻlovdan keyin darhol yuklab olinadi, hech narsa yetkazilmaydi.',
  size: (amount: string) => `${amount} MB`,
  online: 'Onlayn karta bilan',
  cancel: 'Birinchi yuklab olishgacha bekor qilish mumkin',
  get: 'Yuklab olish',
  until: (day: string) => `${day} gacha`,
  left: (n: number, most: number) => `${most} martadan ${n} tasi qoldi`,
  link: 'Havola 15 daqiqa ishlaydi.',
  first: 'Yuklab olgach, buyurtmani bekor qilib boʻlmaydi.',
  states: {
    waiting: 'Toʻlovdan keyin yuklab olish mumkin boʻladi.',
    used_up: 'Belgilangan marta yuklab olindi.',
    over: 'Yuklab olish muddati tugadi.',
    withdrawn: 'Endi yuklab olib boʻlmaydi.',
  },
};

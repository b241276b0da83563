/** The page that explains how safety works. */
export const info = {
  title: 'Xavfsizlik qanday ishlaydi',
  description: 'UltraMarket bola nimani koʻrishini, nimani soʻrashini va xarid qanday boʻlishini qanday himoya qiladi.',
  lead: 'Bola doʻkonda erkin yuradi, lekin devorlar mustahkam. Mana ular.',
  steps: [
    {
      title: 'Ota-ona hisob ochadi',
      text: 'Bola profilida faqat taxallus, tugʻilgan sana va belgi bor. Telefon, surat va manzil soʻralmaydi.',
    },
    {
      title: 'Bola yoshiga mos vitrinani koʻradi',
      text: 'Roʻyxat, qidiruv, havola va savat bir xil qoidaga boʻysunadi. Mos boʻlmagan narsa bolaga umuman koʻrinmaydi.',
    },
    {
      title: 'Bola soʻraydi',
      text: 'Soʻrovda mahsulot, narx va yetkazish aniq yozilgan. Shu paytda hech qanday pul yechilmaydi.',
    },
    {
      title: 'Ota-ona qaror qiladi',
      text: 'Siz ogohlantirishlarni va qolgan chegarani koʻrasiz, parolingiz bilan tasdiqlaysiz. Narx oshsa, rozilik oʻz kuchini yoʻqotadi.',
    },
    {
      title: 'Buyurtma kuzatiladi',
      text: 'Har bir sotuvchi oʻz qismini joʻnatadi. Holat ikkala tomonda ham jonli koʻrinadi.',
    },
  ],
  neverTitle: 'Nima hech qachon boʻlmaydi',
  never: [
    'Bolaga reklama va “shoshiling” degan yozuvlar',
    'Bolani kuzatuvchi begona dasturlar',
    'Bola maʼlumotini sotuvchiga berish',
    'Ota-ona qarorisiz xarid',
  ],
};

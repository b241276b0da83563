import type { Random } from './random.ts';

/** One text in the three languages of the shop. */
export interface Text {
  readonly uz: string;
  readonly ru: string;
  readonly en: string;
}

const texts = (lines: string): Text[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [uz = '', ru = '', en = ''] = line.split('|').map((part) => part.trim());
      return { uz, ru, en };
    });

/** Roots of the category tree. */
export const DEPARTMENTS = texts(`
  Oʻyinchoqlar | Игрушки | Toys
  Kitoblar | Книги | Books
  Kiyim | Одежда | Clothes
  Poyabzal | Обувь | Shoes
  Maktab uchun | Для школы | School supplies
  Chaqaloqlar uchun | Для малышей | Baby care
  Sport | Спорт | Sport
  Uy va roʻzgʻor | Дом и быт | Home
  Oziq-ovqat | Продукты | Food
  Elektronika | Электроника | Electronics
  Goʻzallik | Красота | Beauty
  Asboblar | Инструменты | Tools`);

/** What things are. */
export const THINGS = texts(`
  mashina | машинка | car
  qoʻgʻirchoq | кукла | doll
  konstruktor | конструктор | construction set
  kubiklar | кубики | blocks
  boshqotirma | пазл | puzzle
  koptok | мяч | ball
  kitob | книга | book
  rangli qalamlar | цветные карандаши | coloured pencils
  daftar | тетрадь | notebook
  sumka | сумка | bag
  ryukzak | рюкзак | backpack
  koʻylak | платье | dress
  futbolka | футболка | t-shirt
  shim | брюки | trousers
  kurtka | куртка | jacket
  botinka | ботинки | boots
  krossovka | кроссовки | sneakers
  shapka | шапка | hat
  sochiq | полотенце | towel
  choyshab | простыня | bed sheet
  yostiq | подушка | pillow
  choynak | чайник | teapot
  piyola | пиала | bowl
  qozon | казан | cauldron
  pichoq | нож | knife
  chiroq | лампа | lamp
  soat | часы | watch
  quloqchin | наушники | headphones
  planshet | планшет | tablet
  klaviatura | клавиатура | keyboard
  velosiped | велосипед | bicycle
  samokat | самокат | scooter
  chana | санки | sledge
  aravacha | коляска | stroller
  beshik | колыбель | cradle
  taglik | подгузники | nappies
  shampun | шампунь | shampoo
  sovun | мыло | soap
  krem | крем | cream
  bolgʻa | молоток | hammer
  arra | пила | saw
  drel | дрель | drill
  stol | стол | table
  stul | стул | chair
  gilam | ковёр | carpet
  parda | штора | curtain
  choy | чай | tea
  asal | мёд | honey
  non | хлеб | bread
  yongʻoq | орехи | nuts
  shokolad | шоколад | chocolate
  oʻyin | игра | game
  globus | глобус | globe
  mikroskop | микроскоп | microscope
  gitara | гитара | guitar
  doska | доска | board
  magnit | магнит | magnet
  robot | робот | robot
  poyezd | поезд | train
  ayiq | мишка | bear`);

/** What they are like. */
export const QUALITIES = texts(`
  yogʻoch | деревянный | wooden
  yumshoq | мягкий | soft
  katta | большой | large
  kichik | маленький | small
  bolalar uchun | для детей | for children
  qizil | красный | red
  koʻk | синий | blue
  yashil | зелёный | green
  sariq | жёлтый | yellow
  oq | белый | white
  qora | чёрный | black
  paxtali | хлопковый | cotton
  charm | кожаный | leather
  issiq | тёплый | warm
  yozgi | летний | summer
  qishki | зимний | winter
  maktab | школьный | school
  musiqali | музыкальный | musical
  suv oʻtkazmaydigan | непромокаемый | waterproof
  yengil | лёгкий | light
  mustahkam | прочный | sturdy
  buklanadigan | складной | folding
  sovgʻabop | подарочный | gift
  tabiiy | натуральный | natural`);

const STARTS = ['ba', 'do', 'sha', 'ru', 'mi', 'qo', 'te', 'la', 'zu', 'ni', 'fa', 'go', 'ka', 'sa', 'vi', 'chi', 'yo'];
const ENDS = ['ra', 'lin', 'mon', 'dor', 'zar', 'bek', 'nur', 'tex', 'vit', 'sol', 'kand', 'toy', 'plus', 'max', 'ly'];

/** A made-up name, as brands and models have them; so many as `n` says differ. */
export function coinName(n: number, random: Random): string {
  const name = `${random.pick(STARTS)}${random.pick(STARTS)}${random.pick(ENDS)}${letters(n)}`;
  return name[0]!.toUpperCase() + name.slice(1);
}

/** A number said in letters, so that names differ. */
function letters(n: number): string {
  let [rest, word] = [n, ''];
  while (rest > 0) {
    word += 'aeioubdgklmnrst'[rest % 15];
    rest = Math.floor(rest / 15);
  }
  return word;
}

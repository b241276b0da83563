/** Texts in the three languages of the shop. */
export interface Texts {
  readonly uz: string;
  readonly ru: string;
  readonly en: string;
}

/** What a LEGO set's texts are composed from. */
export interface SetFacts {
  readonly name: string;
  readonly number: string;
  readonly theme: string;
  readonly shelf: string;
  readonly year: number;
  readonly pieces: number | null;
  readonly minifigures: number | null;
}

const forms = new Intl.PluralRules('ru');
const ru = (n: number, one: string, few: string, many: string): string => {
  const form = forms.select(n);
  return `${n} ${form === 'one' ? one : form === 'few' ? few : many}`;
};
const en = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
/** A theme name with the brand in front, said once only: "The LEGO Movie" and "LEGOLAND" already hold it. */
const branded = (theme: string): string => (theme.includes('LEGO') ? theme : `LEGO ${theme}`);

/** What is sold: a set to build, one figure, or parts. */
const kinds: Record<string, Texts> = {
  minifigures: { uz: 'minifigurasi', ru: 'Минифигурка', en: 'minifigure' },
  parts: { uz: 'detallari', ru: 'Детали', en: 'parts' },
  bricks: { uz: 'gʻishtchalari', ru: 'Кирпичики', en: 'bricks' },
};
const aSet: Texts = { uz: 'toʻplami', ru: 'Набор', en: 'set' };
const kindOf = (shelf: string): Texts => kinds[shelf] ?? aSet;

/** What one can do with a set of each shelf; two sentences' worth of reason to buy. */
const play: Record<string, Texts> = {
  duplo: {
    uz: 'Detallari yirik va yumaloq, kichkintoyning qoʻliga mos. Oddiy LEGO gʻishtchalariga ham ulanadi.',
    ru: 'Детали крупные и округлые, как раз для маленьких рук. Соединяются и с обычными кирпичиками LEGO.',
    en: 'The bricks are large and rounded for small hands. They join with ordinary LEGO bricks too.',
  },
  city: {
    uz: 'Kundalik shahar hayoti haqidagi hikoyalar uchun. Boshqa shahar toʻplamlari bilan bitta koʻchaga tizilsa boʻladi.',
    ru: 'Для историй о жизни большого города. Хорошо встаёт на одну улицу с другими городскими наборами.',
    en: 'For stories about life in a busy town. It stands well on one street with other town sets.',
  },
  space: {
    uz: 'Uchish, qoʻnish va yangi sayyoralarni oʻrganish haqidagi oʻyin. Modelning koʻp qismi harakatlanadi.',
    ru: 'Игра о полётах, посадках и новых планетах. Многие части модели двигаются.',
    en: 'Play at flights, landings and new planets. Many parts of the model move.',
  },
  'star-wars': {
    uz: 'Uzoq galaktikadagi sahnalarni qayta qurish yoki yangisini oʻylab topish mumkin. Tayyor model javonda ham chiroyli turadi.',
    ru: 'Можно повторить сцены далёкой галактики или придумать свои. Готовая модель хорошо смотрится и на полке.',
    en: 'Rebuild scenes from a galaxy far away or invent your own. The finished model looks good on a shelf too.',
  },
  castle: {
    uz: 'Ritsarlar, qalʼalar va afsonalar dunyosi. Devor va minoralarni boshqa toʻplamlar bilan kengaytirish oson.',
    ru: 'Мир рыцарей, крепостей и легенд. Стены и башни легко достроить из других наборов.',
    en: 'A world of knights, castles and legends. Walls and towers grow easily with other sets.',
  },
  pirates: {
    uz: 'Dengiz sayohatlari va xazina qidirish uchun. Qahramonlarga vazifa bering va toʻlqinga yoʻl oling.',
    ru: 'Для морских походов и поисков сокровищ. Раздайте героям роли и поднимайте якорь.',
    en: 'For sea voyages and treasure hunts. Give the crew their parts and weigh anchor.',
  },
  adventure: {
    uz: 'Choʻllar, oʻrmonlar va qadimiy sirlar haqidagi sarguzasht. Hikoyani har safar boshqacha yakunlash mumkin.',
    ru: 'Приключение о пустынях, джунглях и древних тайнах. Историю каждый раз можно закончить иначе.',
    en: 'An adventure of deserts, jungles and old secrets. The story can end differently every time.',
  },
  technic: {
    uz: 'Tishli gʻildiraklar, oʻqlar va richaglar chinakam mexanizmdek ishlaydi. Sabr va aniqlik talab qiladigan yigʻish.',
    ru: 'Шестерни, оси и рычаги работают как в настоящей машине. Сборка требует терпения и точности.',
    en: 'Gears, axles and levers work as in a real machine. Building it takes patience and precision.',
  },
  creator: {
    uz: 'Bitta toʻplamdan turli modellar yigʻish va oʻz loyihangizni oʻylab topish mumkin. Boshlash uchun yoʻriqnoma bor.',
    ru: 'Из одного набора можно собрать разные модели и придумать свою. Для начала есть инструкция.',
    en: 'Build different models from one set and then design your own. Instructions help you start.',
  },
  bricks: {
    uz: 'Yoʻqolgan detallar oʻrniga yoki katta loyiha uchun zaxira. Barcha yillardagi gʻishtchalarga ulanadi.',
    ru: 'Запас для большой стройки или взамен потерянных деталей. Подходят к кирпичикам любых лет.',
    en: 'Stock for a large build or to replace lost pieces. They fit bricks of any year.',
  },
  parts: {
    uz: 'Bor toʻplamni toʻldirish yoki taʼmirlash uchun. Xarid qilishdan oldin toʻplam raqamini solishtiring.',
    ru: 'Чтобы дополнить или починить имеющийся набор. Перед покупкой сверьте номер набора.',
    en: 'To complete or repair a set you own. Compare the set number before you buy.',
  },
  racers: {
    uz: 'Poyga uchun tez yigʻiladi va polda yaxshi yuradi. Doʻstlar bilan musobaqa uyushtirsa boʻladi.',
    ru: 'Быстро собирается и хорошо катится по полу. Можно устроить заезд с друзьями.',
    en: 'Quick to build and good on the floor. Race it against your friends.',
  },
  trains: {
    uz: 'Temir yoʻl manzarasini bosqichma-bosqich kengaytiring. Vagonlar shu turkumdagi boshqa poyezdlarga ulanadi.',
    ru: 'Железную дорогу можно расширять шаг за шагом. Вагоны цепляются к другим поездам серии.',
    en: 'Extend the railway step by step. The wagons couple with other trains of the series.',
  },
  friends: {
    uz: 'Doʻstlik, uy va sayohat haqidagi hikoyalar uchun. Koʻplab mayda buyumlari sahnani jonlantiradi.',
    ru: 'Для историй о дружбе, доме и путешествиях. Множество мелочей оживляет сцену.',
    en: 'For stories of friendship, home and travel. Many small details bring the scene to life.',
  },
  ninja: {
    uz: 'Jasorat, mahorat va jamoa haqidagi oʻyin. Qahramonlarni boshqa toʻplamlarga oʻtkazsa boʻladi.',
    ru: 'Игра о смелости, мастерстве и команде. Героев можно переносить в другие наборы.',
    en: 'Play about courage, skill and a team. The heroes can move into other sets.',
  },
  bionicle: {
    uz: 'Boʻgʻimlari harakatlanadigan qahramon, turli holatda tura oladi. Detallarini almashtirib, yangi jonzot yasash mumkin.',
    ru: 'Фигура с подвижными суставами держит любую позу. Меняя детали, можно создать нового героя.',
    en: 'A jointed figure that holds any pose. Swap the parts to make a new creature.',
  },
  heroes: {
    uz: 'Sevimli film va komikslardagi sahnalar uchun. Qahramonlar toʻplami kolleksiyaga ham yarashadi.',
    ru: 'Для сцен из любимых фильмов и комиксов. Герои пригодятся и в коллекции.',
    en: 'For scenes from favourite films and comics. The characters suit a collection too.',
  },
  minifigures: {
    uz: 'Kolleksiya yoki hikoyalar uchun alohida qahramon. Oʻz jihozi bilan keladi.',
    ru: 'Отдельный герой для коллекции или историй. Идёт со своими аксессуарами.',
    en: 'A single character for a collection or for stories. It comes with its own accessories.',
  },
  seasonal: {
    uz: 'Bayram sovgʻasi yoki esdalik uchun yarashadi. Yigʻib, xonani bezatish mumkin.',
    ru: 'Хороший подарок к празднику или на память. Собранную модель можно поставить для украшения.',
    en: 'A good gift for a holiday or a keepsake. The finished model decorates a room.',
  },
  education: {
    uz: 'Dars va toʻgarak uchun ishlab chiqilgan. Guruhda ishlash va fikrlashni oʻrgatadi.',
    ru: 'Разработан для уроков и кружков. Учит работать в группе и рассуждать.',
    en: 'Designed for lessons and clubs. It teaches teamwork and reasoning.',
  },
  sports: {
    uz: 'Qoidali va tezkor oʻyin uchun. Oila va doʻstlar davrasida zerikmaysiz.',
    ru: 'Для игры по правилам и на скорость. Не заскучает ни семья, ни друзья.',
    en: 'For quick games with rules. Family and friends will not be bored.',
  },
  architecture: {
    uz: 'Diqqat bilan yigʻiladigan, nozik detallarga boy model. Javon yoki ish stoli uchun yarashadi.',
    ru: 'Модель с тонкими деталями, которую собирают не спеша. Украсит полку или рабочий стол.',
    en: 'A finely detailed model to build without hurry. It suits a shelf or a desk.',
  },
  vintage: {
    uz: 'Oʻtgan oʻn yilliklarning kolleksiyabop toʻplami. Bugungi gʻishtchalarga ham ulanadi.',
    ru: 'Коллекционный набор прошлых десятилетий. Соединяется и с сегодняшними кирпичиками.',
    en: 'A collectable set from past decades. It still joins with bricks of today.',
  },
};

/** Title of a set: its own name is kept as printed on the box. */
export function titleOf(set: SetFacts): Texts {
  const kind = kindOf(set.shelf);
  const head = `${branded(set.theme)} ${set.number}`;
  return { uz: `${head} «${set.name}» ${kind.uz}`, ru: `${kind.ru} ${head} «${set.name}»`, en: `${head} ${set.name}` };
}

/** Three or four sentences: what it is and from when, what is inside, what it is good for. */
export function descriptionOf(set: SetFacts): Texts {
  const kind = kindOf(set.shelf);
  const use = play[set.shelf];
  if (!use) throw new Error(`No words for the LEGO shelf «${set.shelf}»`);
  const from: Texts = {
    uz: `${branded(set.theme)} turkumining ${set.year}-yilda chiqqan ${kind.uz}.`,
    ru: `${kind.ru} серии ${branded(set.theme)}, ${set.year} год выпуска.`,
    en: `A ${set.year} ${kind.en === 'set' || kind.en === 'minifigure' ? kind.en : `pack of ${kind.en}`} from the ${branded(set.theme)} series.`,
  };
  const inside = insideOf(set);
  return {
    uz: [from.uz, inside?.uz, use.uz].filter(Boolean).join(' '),
    ru: [from.ru, inside?.ru, use.ru].filter(Boolean).join(' '),
    en: [from.en, inside?.en, use.en].filter(Boolean).join(' '),
  };
}

function insideOf(set: SetFacts): Texts | null {
  const parts: Texts[] = [];
  if (set.pieces)
    parts.push({
      uz: `${set.pieces} ta detal`,
      ru: ru(set.pieces, 'деталь', 'детали', 'деталей'),
      en: en(set.pieces, 'piece', 'pieces'),
    });
  if (set.minifigures)
    parts.push({
      uz: `${set.minifigures} ta minifigura`,
      ru: ru(set.minifigures, 'минифигурка', 'минифигурки', 'минифигурок'),
      en: en(set.minifigures, 'minifigure', 'minifigures'),
    });
  if (parts.length === 0) return null;
  return {
    uz: `Qutida ${parts.map((p) => p.uz).join(' va ')} bor.`,
    ru: `В коробке ${parts.map((p) => p.ru).join(' и ')}.`,
    en: `The box holds ${parts.map((p) => p.en).join(' and ')}.`,
  };
}

/** Where the sets of one Brickset theme go in our shop. */
export interface LegoTheme {
  /** Last part of the category id, under `toys.lego`. */
  readonly shelf: string;
  /** Youngest age in months the sets of the theme are graded for; the general grade when absent. */
  readonly ageMinMonths?: number;
}

/** Grade of ordinary bricks, which are small parts. */
export const GENERAL_GRADE = 48;
/** Grade of the big bricks for toddlers, which cannot be swallowed. */
export const TODDLER_GRADE = 18;
const TECHNIC_GRADE = 108;
const ADVANCED_GRADE = 192;

const shelves: readonly [shelf: string, themes: readonly string[], ageMinMonths?: number][] = [
  ['duplo', ['Duplo', 'Explore', 'Baby', 'Primo', 'Quatro'], TODDLER_GRADE],
  [
    'city',
    [
      'Town',
      'City',
      'World City',
      'Jack Stone',
      '4 Juniors',
      'Juniors',
      'Boats',
      'Ultra Agents',
      'Agents',
      'Alpha Team',
      'Discovery',
      'Island Xtreme Stunts',
    ],
  ],
  ['space', ['Space', 'Exo-Force', 'Power Miners', 'Rock Raiders']],
  ['star-wars', ['Star Wars']],
  ['castle', ['Castle', 'Vikings', 'The Lord of the Rings', 'The Hobbit', 'Monster Fighters', 'Prince of Persia']],
  ['pirates', ['Pirates', 'Pirates of the Caribbean', 'Aquazone', 'Atlantis', 'Aqua Raiders', 'SpongeBob SquarePants']],
  [
    'adventure',
    [
      'Adventurers',
      'Western',
      'Indiana Jones',
      'The Lone Ranger',
      "Pharaoh's Quest",
      'Dinosaurs',
      'Dino',
      'Dino 2010',
      'Dino Attack',
      'Jurassic World',
      'Time Cruisers',
      'Minecraft',
      'Scooby-Doo',
    ],
  ],
  ['technic', ['Technic', 'Mindstorms', 'Power Functions', 'Spybotics', 'Znap'], TECHNIC_GRADE],
  [
    'creator',
    [
      'Creator',
      'Classic',
      'Basic',
      'Bricks and More',
      'Make and Create',
      'Freestyle',
      'Ideas',
      'Factory',
      'Master Builder Academy',
    ],
  ],
  ['bricks', ['Bulk Bricks']],
  ['parts', ['Service Packs', 'Assorted']],
  ['racers', ['Racers', 'World Racers', 'Speed Champions', 'Cars', 'Action Wheelers']],
  ['trains', ['Trains']],
  ['friends', ['Friends', 'Belville', 'Scala', 'Clikits', 'Disney Princess', 'Elves']],
  ['ninja', ['Ninjago', 'Legends of Chima']],
  ['bionicle', ['Bionicle', 'HERO Factory', 'Galidor', 'Ben 10', 'Mixels']],
  [
    'heroes',
    [
      'Harry Potter',
      'Marvel Super Heroes',
      'DC Comics Super Heroes',
      'Batman',
      'Spider-Man',
      'Teenage Mutant Ninja Turtles',
      'Toy Story',
      'The LEGO Movie',
      'Studios',
      'The Simpsons',
      'Mickey Mouse',
      'Avatar The Last Airbender',
    ],
  ],
  ['minifigures', ['Collectable Minifigures']],
  ['seasonal', ['Seasonal', 'Promotional', 'Miscellaneous']],
  ['education', ['Education', 'Dacta', 'Serious Play', 'Fusion']],
  ['sports', ['Sports', 'Games']],
  ['architecture', ['Advanced Models'], ADVANCED_GRADE],
  ['architecture', ['Architecture', 'Model Team', 'Hobby Set'], 144],
  ['vintage', ['Fabuland', 'LEGOLAND', 'Homemaker', 'Building Set with People', 'Universal Building Set', 'Samsonite']],
];

const themes: ReadonlyMap<string, LegoTheme> = new Map(
  shelves.flatMap(([shelf, names, ageMinMonths]) =>
    names.map((name): [string, LegoTheme] => [name, ageMinMonths === undefined ? { shelf } : { shelf, ageMinMonths }]),
  ),
);

/** Sub-themes that are graded differently from the rest of their theme. */
const subThemes: ReadonlyMap<string, number> = new Map([
  ['Education/Duplo', TODDLER_GRADE],
  ['Education/Explore', TODDLER_GRADE],
  ['Dacta/Explore', TODDLER_GRADE],
  ['Service Packs/Duplo', TODDLER_GRADE],
  ['Service Packs/Technic', TECHNIC_GRADE],
  ['Dacta/Technic', TECHNIC_GRADE],
  ['Education/Mindstorms', TECHNIC_GRADE],
  ['Star Wars/Ultimate Collector Series', ADVANCED_GRADE],
  ['DC Comics Super Heroes/Ultimate Collectors Series', ADVANCED_GRADE],
]);

/** Shelf and age grade of a Brickset theme. A theme the table does not know is an error: a new set must be graded by a person. */
export function themeOf(path: readonly string[]): Required<LegoTheme> {
  const [name = '', sub] = path;
  const theme = themes.get(name);
  if (!theme) throw new Error(`The LEGO theme «${name}» has no shelf yet`);
  return { shelf: theme.shelf, ageMinMonths: subThemes.get(`${name}/${sub}`) ?? theme.ageMinMonths ?? GENERAL_GRADE };
}

/** The library holds a shared picture per subject, not per set: the first rule whose words the set's name or sub-theme holds wins. */
const subjects: readonly [words: RegExp, assetKey: string][] = [
  [/\bpolice\b|patrol|sheriff|prison/i, 'lego-police'],
  [/\bfire(?!ball|light|fly|works)\b|firem[ae]n|fire (truck|station|engine)/i, 'lego-fire'],
  [/ambulance|hospital|doctor|rescue helicopter/i, 'lego-rescue'],
  [/helicopter|copter/i, 'lego-helicopter'],
  [/\bjet\b|plane|airport|aircraft|flyer|\bflight\b/i, 'lego-plane'],
  [/submarine|\bsub\b|diver|shark|reef|ocean/i, 'lego-submarine'],
  [/boat|ship\b|yacht|ferry|raft\b/i, 'lego-boat'],
  [/dragon/i, 'lego-dragon'],
  [/dino|t-rex|raptor|triceratops|stegosaurus/i, 'lego-dinosaur'],
  [/horse|pony|stable/i, 'lego-horse'],
  [/princess|queen|ballerina|fairy|cinderella|mermaid/i, 'lego-princess'],
  [/santa|christmas|advent|snowman|reindeer|winter village/i, 'lego-christmas'],
  [/halloween|ghost|vampire|witch|pumpkin|zombie/i, 'lego-halloween'],
  [/robot|droid|\bbot\b|mech\b/i, 'lego-robot'],
  [/tractor|farm|barn/i, 'lego-farm'],
  [/excavator|crane|dozer|digger|construction|cement/i, 'lego-construction'],
  [/truck|lorry|transporter|hauler/i, 'lego-truck'],
  [/motorbike|motorcycle|chopper|\bbike\b|cycle/i, 'lego-motorbike'],
  [/train|locomotive|railway|wagon|carriage/i, 'lego-train'],
  [/shuttle|rocket|space(?!ship base)|lunar|moon|mars\b|satellite/i, 'lego-space'],
  [/racer|formula|rally|speed|\brace\b/i, 'lego-race-car'],
  [/\bcar\b|jeep|buggy|taxi|convertible/i, 'lego-car'],
  [/\bdog|puppy|\bcat\b|kitten|pet\b|hedgehog|bunny|panda/i, 'lego-pets'],
  [/house|home|villa|cottage|bungalow|kitchen|bedroom/i, 'lego-house'],
  [/shop|market|store|caf[eé]|bakery|pizza|restaurant/i, 'lego-shop'],
  [/knight|king\b|castle|fortress|tower/i, 'lego-castle'],
];

/** Pictures of a shelf for the sets whose name says nothing; more than one, so a page of them does not look the same. */
const shelves: Record<string, readonly string[]> = {
  duplo: ['lego-duplo-blocks', 'lego-duplo-animals', 'lego-duplo-family'],
  city: ['lego-city-street', 'lego-city-people'],
  space: ['lego-space', 'lego-alien'],
  'star-wars': ['lego-starfighter', 'lego-galaxy'],
  castle: ['lego-castle', 'lego-battle'],
  pirates: ['lego-treasure', 'lego-sea'],
  adventure: ['lego-desert', 'lego-jungle'],
  technic: ['lego-gears', 'lego-machine'],
  creator: ['lego-bricks-classic', 'lego-bricks-rainbow', 'lego-creator'],
  bricks: ['lego-bricks-red', 'lego-bricks-blue', 'lego-bricks-green'],
  parts: ['lego-parts', 'lego-bricks-grey'],
  racers: ['lego-race-car', 'lego-finish'],
  trains: ['lego-train'],
  friends: ['lego-friends', 'lego-garden'],
  ninja: ['lego-ninja', 'lego-lion'],
  bionicle: ['lego-warrior', 'lego-mask', 'lego-creature'],
  heroes: ['lego-hero', 'lego-cinema'],
  minifigures: ['lego-figures', 'lego-figures-party', 'lego-figures-work'],
  seasonal: ['lego-gift', 'lego-easter'],
  education: ['lego-education'],
  sports: ['lego-football', 'lego-dice'],
  architecture: ['lego-monument', 'lego-skyline'],
  vintage: ['lego-vintage', 'lego-bricks-classic'],
};

/** Every asset key {@link pictureOf} can answer. */
export const legoAssetKeys: readonly string[] = [
  ...new Set([...subjects.map(([, key]) => key), ...Object.values(shelves).flat()]),
];

/** Asset key of a set's picture. `seed` picks one of the shelf's pictures and must be the same every time for one set. */
export function pictureOf(shelf: string, words: string, seed: number): string {
  const own = shelves[shelf];
  if (!own) throw new Error(`No picture for the LEGO shelf «${shelf}»`);
  const subject = plainShelves.has(shelf) ? undefined : subjects.find(([pattern]) => pattern.test(words));
  return subject?.[1] ?? own[seed % own.length]!;
}

/** Shelves of loose bricks, parts and figures: a truck in the name of a pack of tyres is not what is in the bag. */
const plainShelves = new Set(['bricks', 'parts', 'minifigures', 'bionicle']);

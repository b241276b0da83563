/** Signs a child's profile may wear: our name, and its name in Fluent Emoji. */
export const avatarDrawings = {
  fox: 'fox',
  panda: 'panda',
  owl: 'owl',
  cat: 'cat-face',
  dolphin: 'dolphin',
  lion: 'lion',
  rabbit: 'rabbit-face',
  turtle: 'turtle',
  unicorn: 'unicorn',
  robot: 'robot',
  rocket: 'rocket',
  star: 'star',
} as const;

/** Drawings that a category may name as its icon. */
export const categoryDrawings =
  `abacus artist-palette automobile baby baby-bottle backpack ballet-shoes balloon basketball bathtub bed beverage-box
bicycle books bowl-with-spoon brick building-construction bust-in-silhouette camera camping castle cat-face chess-pawn chestnut christmas-tree
cityscape classical-building coat compass cookie cooking crayon crescent-moon crown dog-face dress drum duck electric-plug flexed-biceps game-die
gear globe-with-meridians glowing-star graduation-cap headphone honey-pot house jeans joker kite laptop locomotive magnifying-glass-tilted-left
mans-shoe microscope mobile-phone musical-note ninja notebook nut-and-bolt open-book package paintbrush party-popper paw-prints pencil puzzle-piece
rabbit-face racing-car radio red-apple robot rocket running-shoe sailboat school seedling shield shopping-bags soap soccer-ball t-shirt teddy-bear
television tent toolbox triangular-ruler tropical-fish two-hearts video-game watch water-wave wrapped-gift yarn`.split(
    /\s+/,
  );

/** Products made of other products. */
export const bundle = {
  parts: 'Toʻplam ichida',
  saving: (amount: string) => `Toʻplam bilan tejaysiz: ${amount}`,
};

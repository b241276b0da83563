/** A department as menus show it. */
export interface MenuCategory {
  readonly id: string;
  readonly name: string;
  readonly icon: string | null;
}

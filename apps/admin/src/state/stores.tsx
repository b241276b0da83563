import { useQuery } from '@tanstack/react-query';
import type { SellerStore } from '@um/store';
import { createContext, useContext, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { get } from '../api/api.js';

interface Stores {
  readonly stores: readonly SellerStore[];
  /** The store the lists are about; null stands for all of the person's. */
  readonly storeId: string | null;
  readonly setStoreId: (id: string | null) => void;
}

const KEY = 'um.panel.store';
const StoresContext = createContext<Stores | null>(null);

/** Gives a seller's stores and the chosen one to everything below. For people who sell nothing there are none. */
export function StoresProvider({ sells, children }: { sells: boolean; children: ReactNode }): ReactElement {
  const { data } = useQuery({
    queryKey: ['stores', 'own'],
    queryFn: () => get<SellerStore[]>('/seller/stores'),
    enabled: sells,
  });
  const [chosen, choose] = useState(() => localStorage.getItem(KEY));
  const value = useMemo<Stores>(() => {
    const stores = data ?? [];
    return {
      stores,
      // A store one no longer works for is forgotten.
      storeId: stores.some(({ id }) => id === chosen) ? chosen : null,
      setStoreId: (id) => {
        if (id) localStorage.setItem(KEY, id);
        else localStorage.removeItem(KEY);
        choose(id);
      },
    };
  }, [data, chosen]);
  return <StoresContext.Provider value={value}>{children}</StoresContext.Provider>;
}

/** The seller's stores and the chosen one. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error('useStores needs a StoresProvider above it');
  return stores;
}

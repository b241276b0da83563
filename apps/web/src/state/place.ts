import { createContext, useContext } from 'react';
import type { Place } from '../router/resolve.js';

const start: Place = { path: '/', search: '' };

/** Where the page stands, without the language. */
export const PlaceContext = createContext<Place>(start);

/** The present path and query. */
export const usePlace = (): Place => useContext(PlaceContext);

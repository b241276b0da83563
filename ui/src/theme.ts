export type Theme = 'system' | 'light' | 'dark';

export const THEME_KEY = 'um.theme';

/** To run in the page's head, before anything is painted. */
export const themeScript = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

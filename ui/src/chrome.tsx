import { useEffect, useState, type ReactElement } from 'react';
import { IconButton, IconLink } from './button.js';
import { cx } from './cx.js';
import { IconBell, IconGlobe, IconMoon, IconSun, IconSunMoon } from './icons.js';
import { useUi } from './provider.js';
import { THEME_KEY, type Theme } from './theme.js';

/** The theme the person chose on this device. */
export function storedTheme(): Theme {
  const value = globalThis.localStorage?.getItem(THEME_KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Keeps the choice on this device and shows it at once. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(THEME_KEY);
    delete document.documentElement.dataset['theme'];
  } else {
    localStorage.setItem(THEME_KEY, theme);
    document.documentElement.dataset['theme'] = theme;
  }
}

const order: readonly Theme[] = ['system', 'light', 'dark'];
const glyphs = { system: IconSunMoon, light: IconSun, dark: IconMoon };

/** Goes round the system's theme, light, dark. */
export function ThemeToggle({ className }: { className?: string }): ReactElement {
  const { words } = useUi();
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(storedTheme()), []);
  const names = { system: words.themeSystem, light: words.themeLight, dark: words.themeDark };
  const turn = (): void => {
    const next = order[(order.indexOf(theme) + 1) % order.length]!;
    applyTheme(next);
    setTheme(next);
  };
  return (
    <IconButton icon={glyphs[theme]} label={`${words.theme}: ${names[theme]}`} onClick={turn} className={className} />
  );
}

export interface LocaleChoice {
  code: string;
  /** The language's own name. */
  name: string;
  href: string;
}

/** The same page in the other languages, each named in itself. */
export function LocaleSwitch({
  choices,
  current,
  className,
  landmark = true,
}: {
  choices: readonly LocaleChoice[];
  current: string;
  className?: string;
  /** One on a page is a landmark; a second one is a plain group. */ landmark?: boolean;
}): ReactElement {
  const { words } = useUi();
  const Box = landmark ? 'nav' : 'div';
  return (
    <Box
      {...(landmark ? {} : { role: 'group' })}
      aria-label={words.language}
      className={cx('flex items-center gap-0.5', className)}
    >
      <IconGlobe size={16} className="mr-1 opacity-70" />
      {choices.map(({ code, name, href }) => (
        <a
          key={code}
          href={href}
          hrefLang={code}
          lang={code}
          data-reload
          aria-current={code === current ? 'true' : undefined}
          className={cx(
            'rounded-full px-2.5 py-1.5 text-sm hover:underline',
            code === current ? 'font-bold' : 'opacity-85',
          )}
        >
          {name}
        </a>
      ))}
    </Box>
  );
}

/** The way to the notifications, with how many are new. `label` says the count in words. */
export function Bell({ href, unread, label }: { href: string; unread: number; label: string }): ReactElement {
  return <IconLink icon={IconBell} href={href} badge={unread} label={label} />;
}

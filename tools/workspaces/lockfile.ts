/** One entry of package-lock.json, as far as it is read here. */
export interface Locked {
  readonly version?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly license?: string;
  readonly engines?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, Locked>>;
}

/**
 * Packages for other platforms that the lockfile should hold and does not, by their path in it. npm drops them when they
 * cannot be looked up while something is added, and `npm ci` then refuses the whole lockfile on every machine.
 */
export function missingPlatforms({ packages }: Lockfile): Record<string, Locked> {
  return Object.fromEntries(
    Object.entries(packages).flatMap(([path, parent]) =>
      Object.entries(parent.optionalDependencies ?? {})
        .filter(([name]) => !resolves(packages, path, name))
        .map(([name, version]): [string, Locked] => [`node_modules/${name}`, placeholder(parent, name, version)]),
    ),
  );
}

/** Whether a package at `path` finds `name` in its own folder of packages or in one above. */
function resolves(packages: Lockfile['packages'], path: string, name: string): boolean {
  const folders = path.split(/(?<=^|\/)node_modules\//);
  return folders.some((_, depth) => {
    const above = folders.slice(0, folders.length - depth).join('node_modules/');
    return packages[`${above === '' || above.endsWith('/') ? above : `${above}/`}node_modules/${name}`] !== undefined;
  });
}

/** What npm writes for a package that is not installed here: enough to pass it over, and to fetch it where it fits. */
function placeholder(parent: Locked, name: string, version: string): Locked {
  const words = name.replace(/^.*?(?=(android|darwin|freebsd|linux|openharmony|win32|windows|wasm32)-)/, '').split('-');
  const [first = '', second = ''] = words;
  const wasm = first === 'wasm32';
  return {
    version,
    cpu: [wasm ? 'wasm32' : second],
    ...(parent.dev ? { dev: true } : {}),
    ...(words.includes('musl') ? { libc: ['musl'] } : words.includes('gnu') ? { libc: ['glibc'] } : {}),
    ...(parent.license ? { license: parent.license } : {}),
    optional: true,
    ...(wasm ? {} : { os: [first === 'windows' ? 'win32' : first] }),
    ...(parent.engines ? { engines: parent.engines } : {}),
  } as Locked;
}

import { IconCircleAlert, Note } from '@um/ui';
import { useEffect, useRef, type ReactElement } from 'react';
import { useT } from '../state/language.js';
import { idOf, type Problems } from './problems.js';

const SHOWN = 8;

/** The control of a field, or the nearest that stands for it. */
function controlOf(field: string): HTMLElement | null {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const found = document.getElementById(idOf(path));
    if (found) return found;
  }
  return null;
}

/** What a field is called on the page: its label, and of a variant its choices before it. */
function nameOf(field: string): string {
  const control = controlOf(field);
  const label = control && document.querySelector(`label[for="${control.id}"]`)?.textContent;
  if (!label) return field;
  const legend = control.closest('fieldset')?.querySelector('legend')?.textContent;
  return legend ? `${legend}: ${label}` : label;
}

/** Everything that is wrong, above the form: it takes the focus, and each line leads to its field. */
export function Wrong({ problems }: { problems: Problems }): ReactElement | null {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.size > 0) box.current?.focus();
  }, [problems]);
  if (problems.size === 0) return null;
  const all = [...problems].toReversed();
  return (
    <div ref={box} tabIndex={-1} className="rounded-box outline-none">
      <Note tone="danger" role="alert" icon={<IconCircleAlert size={20} />} title={t.editor.wrong(problems.size)}>
        <ul className="mt-1 list-disc pl-5">
          {all.slice(0, SHOWN).map(([field, message]) => (
            <li key={field}>
              {controlOf(field) ? (
                <button
                  type="button"
                  className="text-left font-medium underline"
                  onClick={() => controlOf(field)?.focus()}
                >
                  {nameOf(field)}
                </button>
              ) : (
                <span className="font-medium">{field}</span>
              )}
              {' — '}
              {message}
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}

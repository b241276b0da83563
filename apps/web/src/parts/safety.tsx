import type { Hazard, InfoMark } from '@um/family';
import { Badge, cx, IconShieldCheck, IconTriangleAlert } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp, useT } from '../state/app.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';
import { ageGrade } from './ages.js';

interface SafetyProps {
  ageMinMonths: number;
  infoMark: InfoMark | null;
  hazards: readonly Hazard[];
  warnings: string | null;
  /** Less room: inside a cart line or an ask. */
  compact?: boolean | undefined;
}

/** Hazards that must stand out most. */
const grave = new Set<Hazard>([
  'small_parts',
  'small_ball',
  'marble',
  'balloon',
  'button_cell',
  'magnet',
  'cord_loop',
  'projectile',
  'chemical_set',
  'laser',
  'suffocation_bag',
]);

/** The age grade as a badge, with the mark of information products where there is one. */
export function AgeBadge({ ageMinMonths, infoMark }: Pick<SafetyProps, 'ageMinMonths' | 'infoMark'>): ReactElement {
  const t = useT();
  const grade = ageGrade(ageMinMonths, t);
  return (
    <>
      <Badge tone="brand">{grade ?? t.anyAge}</Badge>
      {infoMark && infoMark !== '0+' && <Badge title={t.infoMark(infoMark)}>{infoMark}</Badge>}
    </>
  );
}

/** Age grade and warnings, in full words: the seller's text from the controlled list, else the platform's own for each hazard. Stands beside the price and before anything that buys (SAF-04). */
export function Safety({ ageMinMonths, infoMark, hazards, warnings, compact }: SafetyProps): ReactElement {
  const { t, viewer } = useApp();
  const child = isChild(useStore(viewer));
  const grade = ageGrade(ageMinMonths, t);
  if (hazards.length === 0 && !warnings) {
    if (compact)
      return (
        <p className="flex flex-wrap gap-1.5">
          <AgeBadge ageMinMonths={ageMinMonths} infoMark={infoMark} />
        </p>
      );
    return (
      <div
        data-safety
        className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-box bg-ok-soft px-4 py-3 text-ok-ink"
      >
        <IconShieldCheck size={22} />
        <span className="font-semibold">
          {t.product.ageGrade}: {grade ?? t.anyAge}
        </span>
        {infoMark && <span>{t.infoMark(infoMark)}</span>}
      </div>
    );
  }
  return (
    <div data-safety className={cx('rounded-box bg-accent-soft text-accent-ink', compact ? 'p-3 text-sm' : 'p-4')}>
      <p className="flex items-center gap-2 font-bold">
        <IconTriangleAlert size={compact ? 18 : 22} />
        {child ? t.kids.warnings : t.product.warnings} · {grade ?? t.anyAge}
        {infoMark ? ` · ${infoMark}` : ''}
      </p>
      {warnings ? (
        <>
          <p className="mt-1.5 text-ink">{warnings}</p>
          <ul className="mt-2.5 flex flex-wrap gap-1.5">
            {hazards.map((hazard) => (
              <li key={hazard}>
                <Badge tone={grave.has(hazard) ? 'danger' : 'plain'} title={t.hazards[hazard]}>
                  {t.hazardNames[hazard]}
                </Badge>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <ul className="mt-1.5 flex list-disc flex-col gap-1 pl-5 text-ink">
          {hazards.map((hazard) => (
            <li key={hazard} className={cx(grave.has(hazard) && 'font-semibold')}>
              {t.hazards[hazard]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

import { cx, IconCircleAlert, IconUpload } from '@um/ui';
import { useId, type ComponentProps, type ReactElement } from 'react';

/** Chooses a file, in the panel's language: the browser's own words would be in the browser's. `chosen` is the file's name. */
export function FileField({
  label,
  prompt,
  chosen,
  error,
  ...rest
}: {
  label: string;
  prompt: string;
  chosen: string | undefined;
  error: string | undefined;
} & Omit<ComponentProps<'input'>, 'type' | 'id'>): ReactElement {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className="text-sm font-semibold">
        {label}
      </span>
      <label
        className={cx(
          'tap relative flex w-full cursor-pointer items-center gap-2.5 rounded-field border border-dashed bg-surface px-3.5 py-2',
          'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)',
          error ? 'border-danger' : 'border-line-strong hover:border-ink-soft',
        )}
      >
        <input
          {...rest}
          type="file"
          aria-labelledby={`${id}-label ${id}-name`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-note` : undefined}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
        <IconUpload size={18} className="shrink-0 text-ink-soft" />
        <span id={`${id}-name`} className={cx('truncate', !chosen && 'text-ink-soft')}>
          {chosen ?? prompt}
        </span>
      </label>
      {error && (
        <p id={`${id}-note`} className="flex items-start gap-1.5 text-sm font-medium text-danger-ink">
          <IconCircleAlert size={16} className="mt-0.5" />
          {error}
        </p>
      )}
    </div>
  );
}

import { Badge, Button, IconChevronLeft, IconChevronRight, IconButton, IconPlus, IconTrash2, Picture } from '@um/ui';
import { useId, useRef, useState, type ReactElement } from 'react';
import { uploadPicture } from '../api/api.js';
import { locales } from '../i18n/index.js';
import { useFailureToast } from '../state/failures.js';
import { useT } from '../state/language.js';
import { noTexts } from '../parts/text-fields.js';
import { FieldInput } from './fields.js';
import { MOST_PICTURES, type FormPicture } from './form.js';
import { Part, type PartProps } from './part.js';
import { idOf, problemAt } from './problems.js';

/** Pictures in the order shoppers see them, each with what it shows. */
export function PicturesPart({ form, problems, change }: PartProps): ReactElement {
  const t = useT();
  const [said, say] = useState('');
  const { pictures } = form;
  const put = (next: readonly FormPicture[]): void => change({ pictures: next });
  const move = (from: number, to: number): void => {
    const next = [...pictures];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next);
    say(t.editor.moved(to + 1));
  };
  const add = (picture: FormPicture): void => change((before) => ({ pictures: [...before.pictures, picture] }));
  const wrong = problemAt(problems, 'pictures') ?? problems.get('pictureAlts');
  return (
    <Part
      title={t.editor.pictures}
      hint={t.editor.picturesHint(MOST_PICTURES)}
      action={<Upload room={MOST_PICTURES - pictures.length} add={add} />}
    >
      <p role="status" className="sr-only">
        {said}
      </p>
      {wrong && (
        <p id={idOf('pictures')} tabIndex={-1} className="text-sm font-medium text-danger-ink">
          {wrong}
        </p>
      )}
      {pictures.length > 0 && (
        <ol className="flex flex-col gap-4">
          {pictures.map((picture, place) => (
            <li key={`${picture.name} ${place}`} className="rounded-box border border-line p-3 sm:flex sm:gap-4">
              <div className="mb-3 flex shrink-0 items-start gap-3 sm:mb-0 sm:w-32 sm:flex-col">
                <Picture
                  id={picture.fileId}
                  alt={picture.alt.uz || t.editor.picture(place + 1)}
                  sizes="128px"
                  className="size-24 rounded-field sm:size-32"
                />
                <div className="flex flex-wrap items-center gap-1">
                  <IconButton
                    icon={IconChevronLeft}
                    label={t.editor.earlier(place + 1)}
                    disabled={place === 0}
                    className="disabled:opacity-40"
                    onClick={() => move(place, place - 1)}
                  />
                  <IconButton
                    icon={IconChevronRight}
                    label={t.editor.later(place + 1)}
                    disabled={place === pictures.length - 1}
                    className="disabled:opacity-40"
                    onClick={() => move(place, place + 1)}
                  />
                  <IconButton
                    icon={IconTrash2}
                    label={t.editor.removePicture(place + 1)}
                    onClick={() => put(pictures.filter((_, n) => n !== place))}
                  />
                </div>
              </div>
              <PictureWords
                picture={picture}
                place={place}
                problems={problems}
                onChange={(alt) => put(pictures.map((one, n) => (n === place ? { ...one, alt } : one)))}
              />
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

function PictureWords({
  picture,
  place,
  problems,
  onChange,
}: {
  picture: FormPicture;
  place: number;
  problems: PartProps['problems'];
  onChange: (alt: FormPicture['alt']) => void;
}): ReactElement {
  const t = useT();
  return (
    <fieldset className="min-w-0 grow">
      <legend className="mb-1 flex flex-wrap items-center gap-2 font-semibold">
        {t.editor.picture(place + 1)}
        {place === 0 && <Badge tone="brand">{t.editor.mainPicture}</Badge>}
        {picture.fileId === null && <Badge tone="accent">{t.editor.waitingPicture}</Badge>}
      </legend>
      {picture.fileId === null && <p className="mb-2 text-sm break-all text-ink-soft">{picture.name}</p>}
      <p className="mb-2 text-sm text-ink-soft">{t.editor.pictureAltHint}</p>
      <div className="grid gap-3 lg:grid-cols-3">
        {locales.map((locale) => (
          <FieldInput
            key={locale}
            field={`pictureAlts.${place}.${locale}`}
            problems={problems}
            label={`${t.editor.pictureAlt}, ${t.catalog.languages[locale]}`}
            value={picture.alt[locale]}
            lang={locale}
            maxLength={200}
            onChange={(text) => onChange({ ...picture.alt, [locale]: text })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Takes files from the reader's device, one after the other. */
function Upload({ room, add }: { room: number; add: (picture: FormPicture) => void }): ReactElement {
  const t = useT();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const failed = useFailureToast();
  const [busy, setBusy] = useState(false);
  const take = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    try {
      for (const file of files.slice(0, room)) {
        const { id: fileId } = await uploadPicture(file);
        add({ name: fileId, fileId, alt: noTexts });
      }
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <>
      <input
        ref={input}
        id={id}
        type="file"
        multiple
        accept="image/jpeg,image/png,image/webp,image/avif"
        tabIndex={-1}
        aria-hidden="true"
        className="sr-only"
        onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
      />
      <Button
        kind="secondary"
        size="s"
        icon={IconPlus}
        busy={busy}
        disabled={room <= 0}
        onClick={() => input.current?.click()}
      >
        {busy ? t.editor.uploading : t.editor.addPictures}
      </Button>
    </>
  );
}

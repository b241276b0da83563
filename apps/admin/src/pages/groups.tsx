import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PriceGroup, PriceGroups } from '@um/product';
import { Button, Card, EmptyState, IconUsersRound, Input, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import { get, send } from '../api/api.js';
import { locales } from '../i18n/index.js';
import { FormDialog } from '../parts/form-dialog.js';
import { Failed, Rows } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { textIn } from '../parts/text.js';
import { href } from '../shell/sections.js';
import { useLanguage, useT } from '../state/language.js';
import { useStepUp } from '../state/step-up.js';

/** Groups of accounts that are granted prices of their own. */
export function Groups(): ReactElement {
  const { t, locale } = useLanguage();
  const words = t.market.groups;
  const [opening, setOpening] = useState(false);
  const groups = useQuery({
    queryKey: ['groups'],
    queryFn: () => get<z.output<typeof PriceGroups>>('/admin/price-groups'),
  });
  if (groups.isPending) return <Rows />;
  if (groups.isError) return <Failed error={groups.error} onRetry={() => void groups.refetch()} />;
  return (
    <PanelPage
      title={words.title}
      lead={words.lead}
      aside={
        <Button size="s" icon={IconUsersRound} onClick={() => setOpening(true)}>
          {words.open}
        </Button>
      }
    >
      {groups.data.items.length === 0 && <EmptyState icon={IconUsersRound} title={words.empty} />}
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {groups.data.items.map((group) => (
          <li key={group.id}>
            <Card className="h-full">
              <h2 className="text-lg">
                <a href={href(`/groups/${group.id}`)} className="hover:underline">
                  {textIn(group.name, locale)}
                </a>
              </h2>
              <p className="text-xs text-ink-soft">{group.slug}</p>
              <p className="mt-2">{words.counts(group.members, group.lists)}</p>
            </Card>
          </li>
        ))}
      </ul>
      {opening && <OpenDialog onClose={() => setOpening(false)} />}
    </PanelPage>
  );
}

function OpenDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useT();
  const words = t.market.groups;
  const stepUp = useStepUp();
  const toast = useToast();
  const client = useQueryClient();
  const [slug, setSlug] = useState('');
  const [name, setName] = useState({ uz: '', ru: '', en: '' });
  const [tried, setTried] = useState(false);
  const goodSlug = /^[a-z0-9-]{2,40}$/.test(slug.trim());
  const submit = async (): Promise<boolean> => {
    setTried(true);
    if (!goodSlug || locales.some((locale) => !name[locale].trim())) return false;
    const body = { slug: slug.trim(), name };
    if (!(await stepUp(() => send<PriceGroup>('POST', '/admin/price-groups', body)))) return false;
    toast.ok(words.opened);
    await client.invalidateQueries({ queryKey: ['groups'] });
    return true;
  };
  return (
    <FormDialog title={words.open} action={words.open} submit={submit} onClose={onClose}>
      {locales.map((locale) => (
        <Input
          key={locale}
          label={words.name(t.market.changes.languages[locale])}
          maxLength={80}
          value={name[locale]}
          error={tried && !name[locale].trim() ? words.needed : undefined}
          onChange={(event) => setName({ ...name, [locale]: event.currentTarget.value })}
        />
      ))}
      <Input
        label={words.slug}
        maxLength={40}
        value={slug}
        error={tried && !goodSlug ? words.badSlug : undefined}
        onChange={(event) => setSlug(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

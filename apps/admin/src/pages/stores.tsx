import { useQueryClient } from '@tanstack/react-query';
import type { Store } from '@um/store';
import { Badge, Button, IconStore, Select, Table, useToast, type Column, type Tone, dayOf, yearOf } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { Listing, usePages } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { ReasonDialog } from '../parts/reason-dialog.js';
import { textIn } from '../parts/text.js';
import { useLanguage, type Language } from '../state/language.js';
import { useStepUp } from '../state/step-up.js';

const tones: Readonly<Record<Store['state'], Tone>> = { pending: 'accent', verified: 'ok', suspended: 'danger' };
const states = Object.keys(tones) as Store['state'][];

/** Every store; the admin lets them sell or stops them. */
export function Stores(): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [state, setState] = useState('');
  const [asked, setAsked] = useState<Store | null>(null);
  const pages = usePages<Store>('stores', '/admin/stores', { state });
  return (
    <PanelPage title={t.stores.title}>
      <Filters>
        <Select label={t.state} value={state} onChange={(event) => setState(event.currentTarget.value)}>
          <option value="">{t.all}</option>
          {states.map((name) => (
            <option key={name} value={name}>
              {t.stores.states[name]}
            </option>
          ))}
        </Select>
      </Filters>
      <Listing pages={pages} empty={{ icon: IconStore, title: t.stores.empty }}>
        {(stores) => (
          <Table
            caption={t.stores.title}
            rows={stores}
            keyOf={(store) => store.id}
            columns={columns(language, setAsked)}
          />
        )}
      </Listing>
      {asked && <MoveDialog store={asked} onClose={() => setAsked(null)} />}
    </PanelPage>
  );
}

function columns({ t, locale }: Language, ask: (store: Store) => void): Column<Store>[] {
  return [
    { id: 'name', title: t.stores.name, cell: (store) => <strong>{textIn(store.name, locale)}</strong> },
    { id: 'city', title: t.stores.city, cell: (store) => textIn(store.city, locale) },
    {
      id: 'state',
      title: t.state,
      cell: (store) => <Badge tone={tones[store.state]}>{t.stores.states[store.state]}</Badge>,
    },
    {
      id: 'commission',
      title: t.stores.commission,
      number: true,
      cell: (store) => `${store.commissionBp / 100}%`,
    },
    {
      id: 'since',
      title: t.stores.since,
      cell: (store) => `${dayOf(store.createdAt, locale)} ${yearOf(store.createdAt)}`,
    },
    {
      id: 'actions',
      title: <span className="sr-only">{t.stores.actions}</span>,
      number: true,
      cell: (store) => (
        <Button
          kind="secondary"
          size="s"
          aria-label={`${moveOf(store) === 'suspended' ? t.stores.suspend : t.stores.verify}: ${textIn(store.name, locale)}`}
          onClick={() => ask(store)}
        >
          {moveOf(store) === 'suspended' ? t.stores.suspend : t.stores.verify}
        </Button>
      ),
    },
  ];
}

/** A store that sells can be stopped; any other can be let in. */
const moveOf = (store: Store): 'verified' | 'suspended' => (store.state === 'verified' ? 'suspended' : 'verified');

function MoveDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactElement {
  const { t, locale } = useLanguage();
  const client = useQueryClient();
  const stepUp = useStepUp();
  const toast = useToast();
  const to = moveOf(store);
  const stops = to === 'suspended';
  const name = textIn(store.name, locale);
  const act = async (reason: string): Promise<boolean> => {
    const moved = await stepUp(() => send<Store>('POST', `/admin/stores/${store.id}/state`, { state: to, reason }));
    if (!moved) return false;
    toast.ok(stops ? t.stores.suspendDone : t.stores.verifyDone);
    await client.invalidateQueries({ queryKey: ['stores'] });
    return true;
  };
  return (
    <ReasonDialog
      title={stops ? t.stores.suspendTitle(name) : t.stores.verifyTitle(name)}
      text={stops ? t.stores.suspendText : t.stores.verifyText}
      action={stops ? t.stores.suspend : t.stores.verify}
      danger={stops}
      act={act}
      onClose={onClose}
    />
  );
}

import { useQueryClient } from '@tanstack/react-query';
import type { Account, AccountRole } from '@um/auth';
import {
  Badge,
  Button,
  Checkbox,
  IconUsersRound,
  Input,
  Select,
  Table,
  type Column,
  useToast,
  dayOf,
  yearOf,
} from '@um/ui';
import { useDeferredValue, useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { Listing, usePages } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { ReasonDialog } from '../parts/reason-dialog.js';
import { useLanguage, useT, type Language } from '../state/language.js';
import { usePerson } from '../state/session.js';
import { useStepUp } from '../state/step-up.js';

const roles: readonly AccountRole[] = ['child', 'parent', 'seller', 'moderator', 'admin'];
type Asked = { account: Account; about: 'roles' | 'block' };

/** Everybody with an account: search, roles, blocking. */
export function Users(): ReactElement {
  const t = useT();
  const [q, setQ] = useState('');
  const [role, setRole] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const pages = usePages<Account>('users', '/admin/users', { q: useDeferredValue(q.trim()), role });
  return (
    <PanelPage title={t.users.title}>
      <Filters>
        <Input
          type="search"
          label={t.users.search}
          value={q}
          maxLength={100}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <Select label={t.users.role} value={role} onChange={(event) => setRole(event.currentTarget.value)}>
          <option value="">{t.all}</option>
          {roles.map((name) => (
            <option key={name} value={name}>
              {t.users.roleNames[name]}
            </option>
          ))}
        </Select>
      </Filters>
      <Listing pages={pages} empty={{ icon: IconUsersRound, title: t.users.empty, text: t.users.emptyText }}>
        {(accounts) => <People accounts={accounts} ask={setAsked} />}
      </Listing>
      {asked?.about === 'roles' && <RolesDialog account={asked.account} onClose={() => setAsked(null)} />}
      {asked?.about === 'block' && <BlockDialog account={asked.account} onClose={() => setAsked(null)} />}
    </PanelPage>
  );
}

function People({ accounts, ask }: { accounts: readonly Account[]; ask: (asked: Asked) => void }): ReactElement {
  const language = useLanguage();
  const me = usePerson();
  return (
    <Table
      caption={language.t.users.title}
      rows={accounts}
      keyOf={(account) => account.id}
      columns={columns(language, me.id, ask)}
    />
  );
}

/** Does a weighty step about an account, with the password when it is asked for; answers whether it was done. */
function useAccountStep(): (work: () => Promise<unknown>, done: string) => Promise<boolean> {
  const client = useQueryClient();
  const stepUp = useStepUp();
  const toast = useToast();
  return async (work, done) => {
    const answer = await stepUp(async () => ({ answer: await work() }));
    if (!answer) return false;
    toast.ok(done);
    await client.invalidateQueries({ queryKey: ['users'] });
    return true;
  };
}

function RolesDialog({ account, onClose }: { account: Account; onClose: () => void }): ReactElement {
  const t = useT();
  const step = useAccountStep();
  const [chosen, setChosen] = useState<readonly AccountRole[]>(account.roles);
  const [tried, setTried] = useState(false);
  const save = async (reason: string): Promise<boolean> => {
    setTried(true);
    if (chosen.length === 0) return false;
    return step(() => send('PATCH', `/admin/users/${account.id}/roles`, { roles: chosen, reason }), t.users.rolesSaved);
  };
  const set = (role: AccountRole, on: boolean): void =>
    setChosen(roles.filter((other) => (other === role ? on : chosen.includes(other))));
  return (
    <ReasonDialog title={t.users.rolesTitle(account.name)} action={t.save} act={save} onClose={onClose}>
      <fieldset>
        <legend className="text-sm font-semibold">{t.users.roles}</legend>
        {roles
          .filter((role) => role !== 'child')
          .map((role) => (
            <Checkbox
              key={role}
              label={t.users.roleNames[role]}
              checked={chosen.includes(role)}
              onChange={(event) => set(role, event.currentTarget.checked)}
            />
          ))}
        {tried && chosen.length === 0 && (
          <p role="alert" className="text-sm font-medium text-danger-ink">
            {t.users.noRole}
          </p>
        )}
      </fieldset>
    </ReasonDialog>
  );
}

function BlockDialog({ account, onClose }: { account: Account; onClose: () => void }): ReactElement {
  const t = useT();
  const step = useAccountStep();
  const block = !account.blocked;
  const words = block
    ? {
        title: t.users.blockTitle(account.name),
        text: t.users.blockText,
        action: t.users.block,
        done: t.users.blockDone,
      }
    : {
        title: t.users.unblockTitle(account.name),
        text: t.users.unblockText,
        action: t.users.unblock,
        done: t.users.unblockDone,
      };
  return (
    <ReasonDialog
      title={words.title}
      text={words.text}
      action={words.action}
      danger={block}
      onClose={onClose}
      act={(reason) =>
        step(() => send('POST', `/admin/users/${account.id}/block`, { blocked: block, reason }), words.done)
      }
    />
  );
}

function columns({ t, locale }: Language, myId: string, ask: (asked: Asked) => void): Column<Account>[] {
  return [
    {
      id: 'name',
      title: t.users.name,
      cell: (account) => (
        <>
          <span className="block font-semibold">{account.name}</span>
          <span className="block text-ink-soft">{account.email}</span>
        </>
      ),
    },
    {
      id: 'roles',
      title: t.users.roles,
      cell: (account) => (
        <span className="flex flex-wrap gap-1">
          {account.roles.map((role) => (
            <Badge key={role} tone={role === 'admin' || role === 'moderator' ? 'brand' : 'plain'}>
              {t.users.roleNames[role]}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'state',
      title: t.state,
      cell: (account) => (
        <Badge tone={account.blocked ? 'danger' : 'ok'}>{account.blocked ? t.users.blocked : t.users.active}</Badge>
      ),
    },
    {
      id: 'since',
      title: t.users.since,
      cell: ({ createdAt }) => (
        <span className="whitespace-nowrap">{`${dayOf(createdAt, locale)} ${yearOf(createdAt)}`}</span>
      ),
    },
    {
      id: 'actions',
      title: <span className="sr-only">{t.users.actions}</span>,
      number: true,
      cell: (account) => (
        <span className="inline-flex gap-2 whitespace-nowrap">
          {account.kind === 'adult' && (
            <Button
              kind="secondary"
              size="s"
              aria-label={t.users.rolesTitle(account.name)}
              onClick={() => ask({ account, about: 'roles' })}
            >
              {t.users.editRoles}
            </Button>
          )}
          {account.id !== myId && (
            <Button
              kind="secondary"
              size="s"
              aria-label={`${account.blocked ? t.users.unblock : t.users.block}: ${account.name}`}
              onClick={() => ask({ account, about: 'block' })}
            >
              {account.blocked ? t.users.unblock : t.users.block}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

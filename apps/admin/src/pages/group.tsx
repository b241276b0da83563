import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { GroupMember, PriceLists, PriceListView } from '@um/product';
import { Badge, Button, Card, IconArrowLeft, IconUserRoundPlus, Input, LinkButton, Section, type Tone } from '@um/ui';
import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import { get, send } from '../api/api.js';
import { FormDialog } from '../parts/form-dialog.js';
import { Failed, Rows, usePages } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { ListPriceTable } from '../parts/list-prices.js';
import { href } from '../shell/sections.js';
import { useFailureToast } from '../state/failures.js';
import { useT } from '../state/language.js';
import { useStepUp } from '../state/step-up.js';

const tones: Readonly<Record<PriceListView['state'], Tone>> = { planned: 'accent', running: 'ok', ended: 'plain' };

/** A group: who is in it, and what they are granted. */
export function Group({ id }: { id: string }): ReactElement {
  const t = useT();
  const words = t.market.groups;
  const [asked, setAsked] = useState<'member' | 'list' | null>(null);
  const lists = useQuery({
    queryKey: ['groups', id, 'lists'],
    queryFn: () => get<z.output<typeof PriceLists>>(`/admin/price-groups/${id}/lists`),
  });
  if (lists.isPending) return <Rows />;
  if (lists.isError) return <Failed error={lists.error} onRetry={() => void lists.refetch()} />;
  return (
    <PanelPage
      title={words.title}
      aside={
        <LinkButton href={href('/groups')} kind="secondary" size="s" icon={IconArrowLeft}>
          {t.back}
        </LinkButton>
      }
    >
      <Section
        title={words.members}
        action={
          <Button size="s" kind="secondary" icon={IconUserRoundPlus} onClick={() => setAsked('member')}>
            {words.addMember}
          </Button>
        }
      >
        <Members id={id} />
      </Section>
      <Section
        title={words.lists}
        className="mt-8"
        action={
          <Button size="s" kind="secondary" onClick={() => setAsked('list')}>
            {words.openList}
          </Button>
        }
      >
        {lists.data.items.length === 0 && <p className="text-ink-soft">{words.noLists}</p>}
        <ul className="flex flex-col gap-4">
          {lists.data.items.map((list) => (
            <li key={list.id}>
              <ListCard list={list} groupId={id} />
            </li>
          ))}
        </ul>
      </Section>
      {asked && <AddDialog groupId={id} what={asked} onClose={() => setAsked(null)} />}
    </PanelPage>
  );
}

function Members({ id }: { id: string }): ReactElement {
  const words = useT().market.groups;
  const stepUp = useStepUp();
  const client = useQueryClient();
  const fail = useFailureToast();
  const pages = usePages<GroupMember>('group-members', `/admin/price-groups/${id}/members`);
  const members = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const remove = async (member: GroupMember): Promise<void> => {
    try {
      await stepUp(() => send('DELETE', `/admin/price-groups/${id}/members/${member.accountId}`));
    } catch (error) {
      fail(error);
    }
    await client.invalidateQueries({ queryKey: ['group-members'] });
  };
  if (members.length === 0) return <p className="text-ink-soft">{words.noMembers}</p>;
  return (
    <ul className="divide-y divide-line">
      {members.map((member) => (
        <li key={member.accountId} className="flex flex-wrap items-center justify-between gap-3 py-2">
          <span>
            <span className="block font-semibold">{member.name}</span>
            <span className="block text-sm text-ink-soft">{member.email}</span>
          </span>
          <Button
            kind="secondary"
            size="s"
            aria-label={`${words.remove}: ${member.name}`}
            onClick={() => void remove(member)}
          >
            {words.remove}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function ListCard({ list, groupId }: { list: PriceListView; groupId: string }): ReactElement {
  const words = useT().market.groups;
  const stepUp = useStepUp();
  const client = useQueryClient();
  const fail = useFailureToast();
  const end = async (): Promise<void> => {
    try {
      await stepUp(() => send('POST', `/admin/price-lists/${list.id}/end`, {}));
    } catch (error) {
      fail(error);
    }
    await client.invalidateQueries({ queryKey: ['groups', groupId, 'lists'] });
  };
  return (
    <Card>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h3 className="text-lg">{list.name}</h3>
        <span className="flex items-center gap-3">
          <Badge tone={tones[list.state]}>{words.states[list.state]}</Badge>
          {list.state !== 'ended' && (
            <Button kind="secondary" size="s" aria-label={`${words.end}: ${list.name}`} onClick={() => void end()}>
              {words.end}
            </Button>
          )}
        </span>
      </div>
      <ListPriceTable listId={list.id} open={list.state !== 'ended'} />
    </Card>
  );
}

/** Adds a member by e-mail, or opens a list by its name. */
function AddDialog({
  groupId,
  what,
  onClose,
}: {
  groupId: string;
  what: 'member' | 'list';
  onClose: () => void;
}): ReactElement {
  const words = useT().market.groups;
  const stepUp = useStepUp();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const member = what === 'member';
  const submit = async (): Promise<boolean> => {
    setTried(true);
    if (!typed.trim()) return false;
    const body = member ? { email: typed.trim() } : { name: typed.trim() };
    const path = `/admin/price-groups/${groupId}/${member ? 'members' : 'lists'}`;
    if (!(await stepUp(() => send<object>('POST', path, body)))) return false;
    await client.invalidateQueries({ queryKey: member ? ['group-members'] : ['groups', groupId, 'lists'] });
    return true;
  };
  const title = member ? words.addMember : words.openList;
  return (
    <FormDialog title={title} action={title} submit={submit} onClose={onClose}>
      <Input
        label={member ? words.email : words.listName}
        type={member ? 'email' : 'text'}
        maxLength={member ? 254 : 80}
        value={typed}
        error={tried && !typed.trim() ? words.needed : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

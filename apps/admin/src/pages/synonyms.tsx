import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Synonym } from '@um/search';
import {
  Badge,
  Button,
  Dialog,
  EmptyState,
  IconPlus,
  IconSearch,
  Input,
  Note,
  Table,
  useToast,
  type Column,
} from '@um/ui';
import { useState, type FormEvent, type ReactElement } from 'react';
import { get, send } from '../api/api.js';
import { Failed, Rows } from '../parts/listing.js';
import { useFailureText } from '../state/failures.js';
import { useT } from '../state/language.js';

const PATH = '/admin/search/synonyms';

/** The words of a text, separated by commas or lines. */
const wordsOf = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter(Boolean);

/** Groups of words that mean the same. */
export function Synonyms(): ReactElement {
  const t = useT();
  const [edited, setEdited] = useState<Synonym | 'new' | null>(null);
  const groups = useQuery({
    queryKey: ['synonyms'],
    queryFn: () => get<{ items: Synonym[] }>(PATH).then((answer) => answer.items),
  });
  if (groups.isPending) return <Rows count={6} />;
  if (groups.isError && !groups.data) return <Failed error={groups.error} onRetry={() => void groups.refetch()} />;
  return (
    <div className="flex flex-col gap-4">
      <Button size="s" icon={IconPlus} className="self-start" onClick={() => setEdited('new')}>
        {t.search.synonyms.add}
      </Button>
      <GroupTable groups={groups.data} onEdit={setEdited} />
      {edited && <GroupDialog group={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

function GroupTable({
  groups,
  onEdit,
}: {
  groups: readonly Synonym[];
  onEdit: (group: Synonym) => void;
}): ReactElement {
  const t = useT();
  const words = t.search.synonyms;
  return (
    <Table
      caption={t.search.tabs.synonyms}
      rows={groups}
      keyOf={(group) => group.id}
      empty={
        <EmptyState icon={IconSearch} title={words.empty}>
          {words.emptyText}
        </EmptyState>
      }
      columns={columns(words, onEdit)}
    />
  );
}

function columns(
  words: ReturnType<typeof useT>['search']['synonyms'],
  onEdit: (group: Synonym) => void,
): Column<Synonym>[] {
  return [
    {
      id: 'words',
      title: words.words,
      cell: (group) => (
        <span className="flex flex-wrap gap-1">
          {group.words.map((word) => (
            <Badge key={word}>{word}</Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'actions',
      title: <span className="sr-only">{words.edit}</span>,
      number: true,
      cell: (group) => (
        <Button
          kind="secondary"
          size="s"
          aria-label={`${words.edit}: ${group.words.join(', ')}`}
          onClick={() => onEdit(group)}
        >
          {words.edit}
        </Button>
      ),
    },
  ];
}

function GroupDialog({ group, onClose }: { group: Synonym | null; onClose: () => void }): ReactElement {
  const t = useT();
  const words = t.search.synonyms;
  const say = useFailureText();
  const toast = useToast();
  const client = useQueryClient();
  const [text, setText] = useState(group?.words.join(', ') ?? '');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const few = wordsOf(text).length < 2;
  const act = async (change: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await change();
      await client.invalidateQueries({ queryKey: ['synonyms'] });
      toast.ok(done);
      onClose();
    } catch (error) {
      setProblem(say(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (few) return;
    const body = { words: wordsOf(text) };
    void act(() => (group ? send('PUT', `${PATH}/${group.id}`, body) : send('POST', PATH, body)), t.saved);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={group ? words.editTitle : words.newTitle}
      actions={
        <>
          <Button type="submit" form="synonyms" busy={busy} className="grow">
            {t.save}
          </Button>
          {group && (
            <Button
              kind="danger"
              disabled={busy}
              className="grow"
              onClick={() => void act(() => send('DELETE', `${PATH}/${group.id}`), words.removed)}
            >
              {words.remove}
            </Button>
          )}
          <Button kind="secondary" onClick={onClose} className="grow">
            {t.cancel}
          </Button>
        </>
      }
    >
      <form id="synonyms" noValidate className="flex flex-col gap-4" onSubmit={submit}>
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <Input
          label={words.words}
          hint={words.hint}
          value={text}
          maxLength={800}
          error={tried && few ? words.few : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  );
}

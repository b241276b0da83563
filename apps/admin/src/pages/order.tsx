import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  Badge,
  Button,
  Card,
  Dialog,
  formatMoney,
  IconArrowLeft,
  Note,
  Picture,
  Timeline,
  useToast,
  dateTime,
} from '@um/ui';
import { useRef, useState, type ReactElement } from 'react';
import { get, send } from '../api/api.js';
import { ApiProblem } from '../api/problem.js';
import { Failed, Rows } from '../parts/listing.js';
import { buttonsFor, kindOf, needsConfirmation, stateTones, type Move } from '../parts/moves.js';
import { unitsOf, type Task } from '../parts/orders.js';
import { PanelPage } from '../parts/page.js';
import { regionName } from '../parts/regions.js';
import { stepsOf } from '../parts/steps.js';
import { href } from '../shell/sections.js';
import { useFailureToast } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';

/** One order of the seller: what to pack, where it goes, how far it is, and what may be done next. */
export function Order({ id }: { id: string }): ReactElement {
  const { t, locale } = useLanguage();
  const task = useQuery({
    queryKey: ['orders', 'one', id, locale],
    queryFn: () => get<Task>(`/seller/orders/${encodeURIComponent(id)}`),
  });
  if (task.isPending) return <Rows />;
  if (task.isError && !task.data) return <Failed error={task.error} onRetry={() => void task.refetch()} />;
  return (
    <>
      <a
        href={href('/orders')}
        className="tap mb-1 inline-flex items-center gap-2 text-sm font-semibold text-brand-ink"
      >
        <IconArrowLeft size={18} />
        {t.orders.title}
      </a>
      <Details task={task.data} />
    </>
  );
}

function Details({ task }: { task: Task }): ReactElement {
  const { t, locale } = useLanguage();
  return (
    <PanelPage
      title={t.orders.number(task.number)}
      lead={t.orders.placedAt(dateTime(task.placedAt, locale))}
      aside={
        <span className="flex flex-wrap gap-2">
          <Badge size="m" tone={task.paid ? 'ok' : 'plain'}>
            {task.paid ? t.orders.paid : t.orders.unpaid}
          </Badge>
          <Badge size="m" tone={stateTones[task.state]}>
            {t.orders.states[task.state]}
          </Badge>
        </span>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-4">
          <Moves task={task} />
          <Lines task={task} />
          {!task.digital && <Delivery task={task} />}
        </div>
        <div className="flex flex-col gap-4">
          <Card>
            <h2 className="mb-4 text-lg">{t.orders.progress}</h2>
            {task.digital && <p className="mb-4 text-sm text-ink-soft">{t.orders.downloaded}</p>}
            <Timeline
              label={t.orders.progress}
              steps={stepsOf(task, t.orders.states, (iso) => dateTime(iso, locale))}
            />
          </Card>
          <Sums task={task} />
        </div>
      </div>
    </PanelPage>
  );
}

/** One press, one effect: the key of a move stays the same until the platform has answered it. */
function useMove(task: Task): { move: (to: Move) => void; moving: Move | undefined } {
  const { t, locale } = useLanguage();
  const toast = useToast();
  const fail = useFailureToast();
  const client = useQueryClient();
  const keys = useRef(new Map<Move, string>());
  const mutation = useMutation({
    mutationFn: (to: Move) => {
      const key = keys.current.get(to) ?? crypto.randomUUID();
      keys.current.set(to, key);
      return send<Task>('POST', `/seller/orders/${task.id}/moves`, { to }, key);
    },
    onSuccess: (moved, to) => {
      client.setQueryData(['orders', 'one', task.id, locale], moved);
      toast.ok(t.orders.moved[to]);
    },
    onError: fail,
    onSettled: (_moved, error, to) => {
      // Without an answer nobody knows whether it happened: pressing again must be the same press.
      if (!(error instanceof ApiProblem && (error.status === 0 || error.status >= 500))) keys.current.delete(to);
      // Someone else may have moved it meanwhile.
      return client.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  return { move: (to) => mutation.mutate(to), moving: mutation.isPending ? mutation.variables : undefined };
}

function Moves({ task }: { task: Task }): ReactElement {
  const t = useT();
  const { move, moving } = useMove(task);
  const [asked, setAsked] = useState<Move | null>(null);
  const buttons = buttonsFor(task.moves);
  if (buttons.length === 0) return <Note>{t.orders.done}</Note>;
  return (
    <div className="flex flex-wrap gap-2">
      {buttons.map((to) => (
        <Button
          key={to}
          kind={needsConfirmation(to) ? 'secondary' : kindOf(to)}
          busy={moving === to}
          disabled={moving !== undefined && moving !== to}
          onClick={() => (needsConfirmation(to) ? setAsked(to) : move(to))}
          className="grow sm:grow-0"
        >
          {t.orders.moves[to]}
        </Button>
      ))}
      <Dialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={t.orders.cancelTitle}
        actions={
          <>
            <Button
              kind="danger"
              className="grow"
              onClick={() => {
                if (asked) move(asked);
                setAsked(null);
              }}
            >
              {t.orders.moves.cancelled}
            </Button>
            <Button kind="secondary" className="grow" onClick={() => setAsked(null)}>
              {t.orders.keep}
            </Button>
          </>
        }
      >
        <p className="text-ink-soft">{t.orders.cancelText}</p>
      </Dialog>
    </div>
  );
}

function Lines({ task }: { task: Task }): ReactElement {
  const { t, locale } = useLanguage();
  return (
    <Card flush>
      <h2 className="px-4 pt-4 text-lg sm:px-6">
        {t.orders.lines} <span className="font-normal text-ink-soft">· {t.orders.items(unitsOf(task))}</span>
      </h2>
      <ul className="divide-y divide-line">
        {task.lines.map((line) => (
          <li key={line.id} className="flex items-center gap-4 px-4 py-3 sm:px-6">
            <Picture id={line.pictureId} alt="" sizes="64px" className="size-16 shrink-0 rounded-field" />
            <span className="min-w-0 grow">
              <span className="block font-medium">{line.title}</span>
              <span className="block text-sm text-ink-soft">
                {line.variantLabel && `${line.variantLabel} · `}
                {formatMoney(line.unitPrice, locale)}
                {line.parts.map((part) => (
                  <span key={part.sku} className="block font-medium text-ink">
                    {part.qty} × {part.title}
                    {part.variantLabel && ` · ${part.variantLabel}`} · {part.sku}
                  </span>
                ))}
                {line.digital && ` · ${t.orders.file(line.digital.name)}`}
              </span>
            </span>
            <span className="text-right">
              <span className="block text-lg font-bold">× {line.qty}</span>
              <span className="block text-sm text-ink-soft">{formatMoney(line.lineTotal, locale)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Delivery({ task }: { task: Task }): ReactElement {
  const { t, locale } = useLanguage();
  const { address } = task;
  return (
    <Card>
      <h2 className="mb-2 text-lg">{t.orders.address}</h2>
      {address ? (
        <address className="not-italic">
          <p className="font-semibold">{address.name}</p>
          <p>
            <a href={`tel:${address.phone}`} className="text-brand-ink underline">
              {address.phone}
            </a>
          </p>
          <p>
            {regionName(address.region, locale)}, {address.city}, {address.line}
          </p>
          {address.note && <p className="mt-1 text-ink-soft">{address.note}</p>}
        </address>
      ) : (
        <p className="text-ink-soft">{t.orders.noAddress}</p>
      )}
    </Card>
  );
}

function Sums({ task }: { task: Task }): ReactElement {
  const { t, locale } = useLanguage();
  const left = { amount: task.goods.amount - task.commission.amount, currency: 'UZS' as const };
  const rows = [
    [t.orders.payment, t.orders.methods[task.payment]],
    [t.orders.sum, formatMoney(task.goods, locale)],
    [t.orders.commission, formatMoney(task.commission, locale)],
    [t.orders.yours, formatMoney(left, locale)],
  ] as const;
  return (
    <Card>
      <dl className="flex flex-col gap-2">
        {rows.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-right font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

import type { ApprovalState, ApprovalView } from '@um/family';
import { Avatar, Badge, Picture, Price, type Tone, dateTime } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp, useHref } from '../state/app.js';
import { avatarUrl } from './drawn.js';

const tones: Record<ApprovalState, Tone> = {
  pending: 'accent',
  approved: 'brand',
  denied: 'plain',
  cancelled: 'plain',
  expired: 'plain',
  changed: 'accent',
  revoked: 'plain',
  lapsed: 'plain',
  ordering: 'brand',
  ordered: 'ok',
  payment_failed: 'danger',
};

/** The state of an ask in a word, for parents or, kinder, for the child. */
export function AskBadge({ state, child }: { state: ApprovalState; child?: boolean }): ReactElement {
  const { t } = useApp();
  return (
    <Badge tone={tones[state]} size="m">
      {(child ? t.kids.states : t.approvals.states)[state]}
    </Badge>
  );
}

/** One ask in a list; the whole card leads to it. */
export function AskCard({ ask, to, child }: { ask: ApprovalView; to: string; child?: boolean }): ReactElement {
  const { t, locale } = useApp();
  const href = useHref();
  const title = child
    ? t.kids.itemsCount(ask.lines.reduce((sum, line) => sum + line.qty, 0))
    : t.approvals.asks(ask.child.nickname);
  return (
    <a
      href={href(to)}
      className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-card border border-line bg-surface p-4 transition-shadow hover:shade-2 sm:p-5"
    >
      {!child && <Avatar name={ask.child.nickname} src={avatarUrl(ask.child.avatar)} size={52} />}
      <span className="min-w-44 grow">
        <span className="block font-bold">{title}</span>
        <span className="line-clamp-1 text-sm text-ink-soft">{ask.lines.map((line) => line.title).join(', ')}</span>
        <span className="text-sm text-ink-soft">{dateTime(ask.askedAt, locale)}</span>
      </span>
      <span className="flex -space-x-3">
        {ask.lines.slice(0, 4).map((line) => (
          <Picture
            key={line.variantId}
            id={line.pictureId}
            alt=""
            sizes="52px"
            className="size-13 rounded-full border-2 border-surface bg-picture"
          />
        ))}
      </span>
      <Price money={ask.total} />
      <AskBadge state={ask.state} child={child ?? false} />
    </a>
  );
}
